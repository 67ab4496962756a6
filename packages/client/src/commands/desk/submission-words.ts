import type { KitRules } from '@scel/contract/kit'
import type { EnrolEvent } from '../../acts/enrol.ts'
import type { KeyStays } from '../../acts/forget-keys.ts'
import type { Submission, Taken } from '../../acts/submit.ts'
import { choicePairs } from '../../enrol/choices.ts'
import { stop } from '../../ui/cli-error.ts'
import { pairs } from '../../ui/table.ts'
import { inVoice, type Voice } from '../../ui/voice.ts'

/** Says how an enrolment is coming on, and what the desk found about the request. `keyText` is what its key is called. */
export const sayEnrolment =
  (voice: Voice, { environment }: KitRules, keyText: string) =>
  (event: EnrolEvent): void => {
    switch (event.event) {
      case 'making_key':
        voice.say('enrol_making_key', { key: event.key })
        break
      case 'key_left':
        voice.say('enrol_key_left', { reason: voice.words(event.why).message })
        break
      case 'sending':
        voice.say('enrol_sending', { host: event.host })
        break
      case 'taken':
        sayTaken(voice, event, environment, keyText)
        break
      case 'key_stays':
        sayKeyStays(voice, event)
        break
    }
  }

function sayTaken(
  voice: Voice,
  { request, findings, replaced }: Taken,
  environment: KitRules['environment'],
  keyText: string,
): void {
  voice.result({ request, findings, replaced, environment }, () => [
    ...pairs([
      [voice.text('label_request'), String(request.number)],
      [voice.text('label_state'), voice.text(`state_${request.state}`)],
      ...(request.service ? [[voice.text('label_service'), request.service.name] as const] : []),
      [voice.text('label_common_name'), request.commonName],
      [voice.text('label_key'), keyText],
      ...choicePairs(request.choices, voice),
    ]),
    ...pairs(findings.map(({ level, says }): [string, string] => [MARKS[level], inVoice(says)])),
  ])
  if (replaced.length > 0) voice.say('enrol_replaced', { count: replaced.length, numbers: replaced.join(', ') })
}

export const sayKeyStays = (voice: Voice, { number, why }: KeyStays): void =>
  voice.say('key_stays', { number, reason: voice.words(why).message })

/** The request that the desk took. @throws DeskRefusal, submission_uncertain where it took none, or may not have */
export function requestTaken(submission: Submission, voice: Voice): Taken['request'] {
  switch (submission.outcome) {
    case 'taken':
      return submission.request
    case 'refused':
      throw submission.why
    case 'uncertain':
      return stop('submission_uncertain', { reason: voice.words(submission.why).message })
  }
}

/** How a finding begins its line. */
export const MARKS = { good: '+', notice: '-', warning: '!', refused: '✗' } as const
