// The engine in browsers: WebCrypto.

import type { Engine } from './engine.ts'
import { keys } from './web/keys.ts'
import { secrets } from './web/secrets.ts'
import { streams } from './web/streams.ts'
import { symmetric } from './web/symmetric.ts'

export const engine: Engine = { ...keys, ...secrets, ...symmetric, ...streams }
