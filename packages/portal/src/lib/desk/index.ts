export { type Asked, addressOf, call } from './call.ts'
export { deskQuery, type Kind, meQuery, newQueryClient, TOUCHES } from './queries.ts'
export { isRefusal, type LocalCode, needsSignIn, Refusal, refusalOf } from './refusal.ts'
export { useMe } from './use-me.ts'
