// The engine in browsers: WebCrypto.

import type { Engine } from './engine.ts'
import { keys } from './engine.web.keys.ts'
import { secrets } from './engine.web.secrets.ts'
import { streams } from './engine.web.streams.ts'
import { symmetric } from './engine.web.symmetric.ts'

export const engine: Engine = { ...keys, ...secrets, ...symmetric, ...streams }
