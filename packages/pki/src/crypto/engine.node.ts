// The engine on Node: the synchronous primitives of node:crypto. One P-256 signature takes a few dozen
// microseconds, less than handing it to the thread pool and back.

import { keys } from './engine.node.keys.ts'
import { secrets } from './engine.node.secrets.ts'
import { streams } from './engine.node.streams.ts'
import { symmetric } from './engine.node.symmetric.ts'
import type { Engine } from './engine.ts'

export const engine: Engine = { ...keys, ...secrets, ...symmetric, ...streams }
