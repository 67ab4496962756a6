// Keys in PKCS #11 tokens. The module is loaded in a process of its own, and not before a token is used.
export {
  failToken,
  hasTokenCode,
  isTokenError,
  TokenError,
  type TokenErrorCode,
  type TokenErrorFacts,
} from './errors/token-error.ts'
export type { ObjectName, TokenFacts, TokenName } from './module/protocol.ts'
export type { TokenCertificate } from './token/certificate.ts'
export { absenceOf, type TokenKey, WHY as KEY_ABSENCE } from './token/key.ts'
export { type KeyUse, openToken, type Token, type TokenOptions } from './token/token.ts'
export { formatTokenUri, isTokenUri, parseTokenUri, type TokenUri } from './uri/token-uri.ts'
