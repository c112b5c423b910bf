// SPDX-License-Identifier: Apache-2.0
// Loaded before a server that can only listen on every address: makes it listen on 127.0.0.1.
const { Server } = require('node:net');
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'number'
    ? listen.call(this, port, '127.0.0.1', ...rest.filter((each) => typeof each === 'function'))
    : listen.call(this, port, ...rest);
};
