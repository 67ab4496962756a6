// The engine on Node: the synchronous primitives of node:crypto. One P-256 signature takes a few dozen
// microseconds, less than handing it to the thread pool and back.

import type { Engine } from './engine.ts'
import { keys } from './node/keys.ts'
import { secrets } from './node/secrets.ts'
import { streams } from './node/streams.ts'
import { symmetric } from './node/symmetric.ts'

export const engine: Engine = { ...keys, ...secrets, ...symmetric, ...streams }
