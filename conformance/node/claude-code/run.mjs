// SPDX-License-Identifier: Apache-2.0
// Claude Code's command line as a client of a gateway with simulated providers. On each deployment it
// is given a task that takes two tools: read a file, then write another. The simulated model does
// what the prompt spells out; Claude Code really reads and writes. Prints what was seen; exits 1 when
// a task was not completed, 77 when the program cannot be started.
//
// usage: node run.mjs ADDRESS KEY [DEPLOYMENT…]

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const [address, key, ...named] = process.argv.slice(2);
if (!address || !key) {
  console.error('usage: node run.mjs ADDRESS KEY [DEPLOYMENT…]');
  process.exit(2);
}
const deployments = named.length > 0 ? named : ['claude-sonnet-4-5', 'gpt-4o'];

/** The program of the package for this machine. */
function program() {
  const require = createRequire(import.meta.url);
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  const libc = process.platform === 'linux' && !glibc ? '-musl' : '';
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}${libc}`;
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return join(folder, process.platform === 'win32' ? 'claude.exe' : 'claude');
  } catch {
    return '';
  }
}

const claude = program();
if (!existsSync(claude)) {
  console.error(`there is no Claude Code for ${process.platform} on ${process.arch}`);
  process.exit(77);
}
const version = spawnSync(claude, ['--version'], { encoding: 'utf8', timeout: 60_000 });
if (version.status !== 0) {
  console.error(`Claude Code does not start here: ${version.stderr ?? version.error}`);
  process.exit(77);
}
console.log(version.stdout.trim());

/** What Claude Code sees of the world: this gateway, a home of its own, nothing else. */
function environment(home, model) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_API_KEY: key,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
    ANTHROPIC_SMALL_FAST_MODEL: model,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
  };
}

function completesATask(model) {
  const folder = mkdtempSync(join(tmpdir(), 'auriga-claude-code-'));
  try {
    const secret = `the lamp was lit at ${Date.now() % 100_000}`;
    const read = join(folder, 'notes.txt');
    const written = join(folder, 'report.txt');
    writeFileSync(read, `${secret}\n`);
    const content = `Report for ${model}`;
    const prompt =
      'Do these two steps with your tools, then tell me what came back.\n' +
      `call Read ${JSON.stringify({ file_path: read })}\n` +
      `call Write ${JSON.stringify({ file_path: written, content })}`;
    const run = spawnSync(
      claude,
      ['-p', prompt, '--model', model, '--output-format', 'json', '--permission-mode', 'acceptEdits',
        '--allowedTools', 'Read,Write', '--no-session-persistence', '--setting-sources', ''],
      { cwd: folder, env: environment(folder, model), encoding: 'utf8', timeout: 180_000 },
    );
    assert.equal(run.status, 0, `exit ${run.status} ${run.signal ?? ''}: ${run.stdout} ${run.stderr}`);
    const result = JSON.parse(run.stdout);
    assert.equal(result.is_error, false, run.stdout);
    assert.equal(result.subtype, 'success', run.stdout);
    assert.ok(result.result.includes(secret), `the answer does not tell what was read: ${result.result}`);
    assert.equal(readFileSync(written, 'utf8').trim(), content);
    assert.deepEqual(result.permission_denials ?? [], []);
    const tokens = `tokens in ${total(result.usage)}, out ${result.usage.output_tokens}`;
    return `${result.num_turns} turns, ${result.duration_ms} ms, ${tokens}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function total(usage) {
  return usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
}

let failures = 0;
for (const model of deployments) {
  try {
    console.log(`ok   ${model}: read one file and wrote another; ${completesATask(model)}`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${model}: ${error.message}`);
  }
}
process.exit(failures === 0 ? 0 : 1);
