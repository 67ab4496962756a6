import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'
import { optionalPair, type Pair } from './common.ts'
import type { ImprintFacts, StampFacts, TimeStampRequestFacts, TimeStampResponseFacts } from './time-stamp.ts'

export const timeStampRequestPairs = (facts: TimeStampRequestFacts, voice: Voice): Pair[] => [
  [voice.text('label_imprint'), imprintText(facts.imprint)],
  ...optionalPair(voice.text('label_policy'), facts.policy),
  ...optionalPair(voice.text('label_nonce'), facts.nonce),
  [voice.text('time_stamp_certificate_wanted'), voice.text(facts.wantsCertificate ? 'yes' : 'no')],
]

export function timeStampResponsePairs(
  { status, texts, failures, stamp }: TimeStampResponseFacts,
  voice: Voice,
): Pair[] {
  return [
    [voice.text('label_status'), status],
    ...optionalPair(voice.text('label_failure'), [...failures, ...texts.map(plain)].join(', ') || undefined),
    ...(stamp ? stampPairs(stamp, voice) : []),
  ]
}

export const stampPairs = (
  { time, accuracy, serial, policy, imprint, nonce, authority }: StampFacts,
  voice: Voice,
): Pair[] => [
  [voice.text('label_time'), voice.instant(time)],
  ...optionalPair(voice.text('label_accuracy'), accuracy === undefined ? undefined : `± ${accuracy} s`),
  [voice.text('label_serial'), serial],
  [voice.text('label_policy'), policy],
  [voice.text('label_imprint'), imprintText(imprint)],
  ...optionalPair(voice.text('label_nonce'), nonce),
  ...optionalPair(voice.text('label_authority_of_time'), authority && plain(authority)),
]

const imprintText = ({ digest, hash }: ImprintFacts): string => `${digest} ${hash}`
