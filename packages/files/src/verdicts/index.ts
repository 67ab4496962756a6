// What was found out about a file, as data: codes and facts, no words. Each program says it in its own.

export {
  type ChainFacts,
  type CountersignatureFacts,
  chainFacts,
  type SignatureFacts,
  type SignedFileFacts,
  signedFileFacts,
  type TimeStampFacts,
} from './signature-facts.ts'
export { type StampFacts, type StampFileFacts, stampFileFacts } from './stamp-file-facts.ts'
export { missingIssuer, type Step, type StepRevocation, stepsOf } from './steps.ts'
export { type Reason, reasonOf, type VerdictFacts, verdictFacts } from './verdict-facts.ts'
