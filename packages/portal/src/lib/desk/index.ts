export { addressOf, call } from './call.ts'
export { deskQuery, type Kind, meQuery, newQueryClient, TOUCHES } from './queries.ts'
export { isRefusal, needsSignIn, Refusal } from './refusal.ts'
export { useMe } from './use-me.ts'
