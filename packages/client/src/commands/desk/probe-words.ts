import { CLOCK_TOLERANCE } from '../../enrol/clock.ts'
import type { ProbeFinding, ProbeStep, StepName } from '../../probe/report.ts'
import type { TextKey } from '../../ui/messages/index.ts'
import type { Voice } from '../../ui/voice.ts'

/** A step as it is told; with --json it is printed as it stands. */
export interface ToldStep extends Pick<ProbeStep, 'step' | 'result'> {
  readonly says: string
}

export const toldStep = (step: ProbeStep, voice: Voice): ToldStep => ({
  ...{ step: step.step, result: step.result },
  says: step.result === 'failed' ? voice.words(step.why).message : findingText(step.finding, voice),
})

function findingText(finding: ProbeFinding, voice: Voice): string {
  switch (finding.found) {
    case 'key':
      return voice.text('test_key_found', { key: finding.key, folder: finding.folder })
    case 'name':
      return voice.text('test_name_found', { host: finding.host, addresses: finding.addresses })
    case 'connected':
      return voice.text('test_connected', { address: finding.address, port: String(finding.port) })
    case 'served_here':
      return voice.text('test_served_here', { port: String(finding.port) })
    case 'chain':
      return voice.text('test_server_chain', { names: finding.names.join(' ← ') })
    case 'offered':
      return voice.text('test_offered', { name: finding.name, serial: finding.serial })
    case 'answered':
      return voice.text('test_answered', { status: finding.status })
    case 'saw':
      return voice.text('test_saw', { subject: finding.subject, serial: finding.serial, days: finding.days })
    case 'not_revoked':
      return voice.text('test_not_revoked', { serial: finding.serial, days: finding.days })
    case 'clock':
      return clockText(finding.ahead, voice)
  }
}

function clockText(ahead: number, voice: Voice): string {
  if (Math.abs(ahead) < CLOCK_TOLERANCE) return voice.text('test_clock_right')
  const span = voice.span(ahead)
  return ahead > 0 ? voice.text('test_clock_ahead', { span }) : voice.text('test_clock_behind', { span })
}

export const STEP_LABELS: Readonly<Record<StepName, TextKey & `test_step_${string}`>> = {
  key: 'test_step_key',
  name: 'test_step_name',
  connection: 'test_step_connection',
  server: 'test_step_server',
  offered: 'test_step_offered',
  answer: 'test_step_answer',
  revocation: 'test_step_revocation',
  clock: 'test_step_clock',
}
