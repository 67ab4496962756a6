// A certificate request that was made elsewhere: what it says, and what a profile makes of it, before anything is sent and again at
// the desk.

export { atMost } from './at-most.ts'
export type { RequestFinding, RequestNotice, RequestRefusal } from './finding.ts'
export { isHostName } from './host-name.ts'
export { judgeKey } from './judge-key.ts'
export { isWithin, nameOutside } from './judge-names.ts'
export { type GrantedRequest, type Judgement, judgeRequest, judgeWishes } from './judge-request.ts'
export { LONGEST_REQUEST, type RequestFile, readRequestFile } from './read-request-file.ts'
export { type RequestFault, RequestFileRefused } from './refusal.ts'
export { nameText, type RequestContent, requestContentOf, requestKeyOf } from './request-content.ts'
export type { RequestRules, SubjectRules } from './rules.ts'
