// SPDX-License-Identifier: Apache-2.0
// The official Node SDKs of OpenAI (Chat Completions and Responses), Anthropic and Google as clients
// of a gateway with simulated providers: plain, streamed, and through a tool loop, on deployments of
// each dialect. Prints a line for each case; exits 1 when one fails.
//
// usage: node sdks.mjs ADDRESS KEY [DEPLOYMENT…]

import assert from 'node:assert/strict';
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';

const [address, key, ...named] = process.argv.slice(2);
if (!address || !key) {
  console.error('usage: node sdks.mjs ADDRESS KEY [DEPLOYMENT…]');
  process.exit(2);
}
const deployments = named.length > 0 ? named : ['claude-sonnet-4-5', 'gpt-4o', 'gemini-2.5-pro'];

const SUM = 'What is 17 + 25?';
const WEATHER = 'What is the weather in Oslo?';
const RESULT = 'rain, 4 degrees';
const tool = {
  name: 'get_weather',
  description: 'Tells the weather in a city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** An answer as any of the SDKs tells it. */
function answer(text, calls, stop, usage) {
  return { text, calls, stop, usage };
}

/** A message or item as the service told it, without what OpenAI's SDK adds to it. */
function plain(value) {
  const told = (name, member) => (name.startsWith('parsed') ? undefined : member);
  return JSON.parse(JSON.stringify(value, told));
}

/** OpenAI's SDK over Chat Completions. */
function chat() {
  const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: key, maxRetries: 0 });
  const tools = [
    {
      type: 'function',
      function: { name: tool.name, description: tool.description, parameters: tool.schema },
    },
  ];
  return (model, streamed, withTool) => {
    const messages = [];
    const ask = async () => {
      const body = { model, messages, ...(withTool ? { tools } : {}) };
      let completion;
      if (streamed) {
        completion = await client.chat.completions
          .stream({ ...body, stream_options: { include_usage: true } })
          .finalChatCompletion();
      } else {
        completion = await client.chat.completions.create(body);
      }
      const choice = completion.choices[0];
      messages.push(plain(choice.message));
      const calls = (choice.message.tool_calls ?? []).map((call) => ({
        id: call.id,
        name: call.function.name,
        input: JSON.parse(call.function.arguments),
      }));
      const stop = { stop: 'done', tool_calls: 'tools' }[choice.finish_reason] ?? choice.finish_reason;
      return answer(choice.message.content ?? '', calls, stop, [
        completion.usage.prompt_tokens,
        completion.usage.completion_tokens,
      ]);
    };
    return {
      say: (text) => (messages.push({ role: 'user', content: text }), ask()),
      report: (calls, result) => {
        for (const call of calls) messages.push({ role: 'tool', tool_call_id: call.id, content: result });
        return ask();
      },
    };
  };
}

/** OpenAI's SDK over Responses, every item handed back. */
function responses() {
  const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: key, maxRetries: 0 });
  const tools = [
    {
      type: 'function',
      name: tool.name,
      description: tool.description,
      parameters: tool.schema,
      strict: false,
    },
  ];
  return (model, streamed, withTool) => {
    const input = [];
    const ask = async () => {
      // Where nothing is stored, reasoning goes back encrypted; only models that reason have any.
      const include = model.startsWith('gpt-5') ? { include: ['reasoning.encrypted_content'] } : {};
      const body = { model, input, store: false, ...include, ...(withTool ? { tools } : {}) };
      let response;
      if (streamed) {
        let number = 0;
        const stream = client.responses.stream(body);
        stream.on('event', (event) => assert.equal(event.sequence_number, number++, 'sequence number'));
        response = await stream.finalResponse();
      } else {
        response = await client.responses.create(body);
      }
      input.push(...response.output.map(plain));
      const calls = response.output
        .filter((item) => item.type === 'function_call')
        .map((call) => ({ id: call.call_id, name: call.name, input: JSON.parse(call.arguments) }));
      const stop = response.status === 'completed' ? (calls.length > 0 ? 'tools' : 'done') : response.status;
      return answer(response.output_text, calls, stop, [
        response.usage.input_tokens,
        response.usage.output_tokens,
      ]);
    };
    return {
      say: (text) => (input.push({ role: 'user', content: text }), ask()),
      report: (calls, result) => {
        for (const call of calls) {
          input.push({ type: 'function_call_output', call_id: call.id, output: result });
        }
        return ask();
      },
    };
  };
}

/** Anthropic's SDK over Messages. */
function messages() {
  const client = new Anthropic({ baseURL: address, apiKey: key, maxRetries: 0 });
  const tools = [{ name: tool.name, description: tool.description, input_schema: tool.schema }];
  return (model, streamed, withTool) => {
    const turns = [];
    const ask = async () => {
      const body = { model, max_tokens: 2000, messages: turns, ...(withTool ? { tools } : {}) };
      const message = streamed
        ? await client.messages.stream(body).finalMessage()
        : await client.messages.create(body);
      turns.push({ role: 'assistant', content: message.content });
      const calls = message.content.filter((block) => block.type === 'tool_use');
      const text = message.content.filter((block) => block.type === 'text').map((block) => block.text);
      const stop = { end_turn: 'done', tool_use: 'tools' }[message.stop_reason] ?? message.stop_reason;
      return answer(text.join(''), calls, stop, [message.usage.input_tokens, message.usage.output_tokens]);
    };
    return {
      say: (text) => (turns.push({ role: 'user', content: text }), ask()),
      report: (calls, result) => {
        turns.push({
          role: 'user',
          content: calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: result })),
        });
        return ask();
      },
    };
  };
}

/** Google's SDK over generateContent. */
function google() {
  const client = new GoogleGenAI({ apiKey: key, vertexai: false, httpOptions: { baseUrl: address } });
  const tools = [
    {
      functionDeclarations: [
        { name: tool.name, description: tool.description, parametersJsonSchema: tool.schema },
      ],
    },
  ];
  return (model, streamed, withTool) => {
    const contents = [];
    const ask = async () => {
      const request = { model, contents, config: withTool ? { tools } : {} };
      const chunks = [];
      if (streamed) {
        for await (const chunk of await client.models.generateContentStream(request)) chunks.push(chunk);
      } else {
        chunks.push(await client.models.generateContent(request));
      }
      const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
      const finish = chunks.map((chunk) => chunk.candidates?.[0]?.finishReason).findLast((reason) => reason);
      const usage = chunks.map((chunk) => chunk.usageMetadata).findLast((counts) => counts);
      contents.push({ role: 'model', parts });
      const calls = parts
        .filter((part) => part.functionCall)
        .map(({ functionCall: call }) => ({ id: call.id, name: call.name, input: call.args }));
      const stop = finish === 'STOP' ? (calls.length > 0 ? 'tools' : 'done') : finish;
      const text = parts.filter((part) => part.text && !part.thought).map((part) => part.text);
      return answer(text.join(''), calls, stop, [
        usage.promptTokenCount,
        (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
      ]);
    };
    const user = (parts) => (contents.push({ role: 'user', parts }), ask());
    return {
      say: (text) => user([{ text }]),
      report: (calls, result) =>
        user(calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { result } } }))),
    };
  };
}

const sdks = {
  'openai, chat completions': chat(),
  'openai, responses': responses(),
  '@anthropic-ai/sdk': messages(),
  '@google/genai': google(),
};

function counted(heard) {
  assert.ok(heard.usage.every((tokens) => tokens > 0), `tokens: ${heard.usage}`);
}

async function tellsText(open, model, streamed) {
  const heard = await open(model, streamed, false).say(SUM);
  // A simulated model may be wrong, by at most nine.
  assert.match(heard.text, /The answer is \W*(4[2-9]|5[01])/);
  assert.equal(heard.stop, 'done');
  counted(heard);
}

async function callsATool(open, model, streamed) {
  const dialogue = open(model, streamed, true);
  const asking = await dialogue.say(WEATHER);
  assert.equal(asking.stop, 'tools');
  assert.deepEqual(asking.calls.map((call) => [call.name, call.input]), [[tool.name, { city: 'Oslo' }]]);
  counted(asking);
  const told = await dialogue.report(asking.calls, RESULT);
  assert.ok(told.text.includes(RESULT), told.text);
  assert.equal(told.stop, 'done');
  counted(told);
}

async function throwsANotFound(open) {
  await assert.rejects(open('nobody', false, false).say(SUM), (error) => error.status === 404);
}

let failures = 0;
let cases = 0;

async function run(name, check) {
  cases++;
  try {
    await check();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${name}: ${error.stack}`);
  }
}

for (const [sdk, open] of Object.entries(sdks)) {
  for (const model of deployments) {
    for (const streamed of [false, true]) {
      const how = streamed ? 'streamed' : 'plain';
      await run(`${sdk} → ${model}, ${how}, text`, () => tellsText(open, model, streamed));
      await run(`${sdk} → ${model}, ${how}, tool`, () => callsATool(open, model, streamed));
    }
  }
  await run(`${sdk} → an unknown route is a 404`, () => throwsANotFound(open));
}
console.log(`${cases - failures} of ${cases} cases passed`);
process.exit(failures === 0 ? 0 : 1);
