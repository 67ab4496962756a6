// Keys in tokens for TLS. Importing it loads koffi into this process: only a program that is about to use such a key does.
export type { EngineKey } from './engine.ts'
export { type TlsKey, type TlsKeyOptions, tlsKey } from './tls-key.ts'
