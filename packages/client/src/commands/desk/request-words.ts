import { REVOCATION_REASONS, type RequestSummary } from '@scel/contract/values'
import type { Kit } from '../../enrol/kit.ts'
import { setOff } from '../../ui/desk-label.ts'
import { table } from '../../ui/table.ts'
import type { Voice } from '../../ui/voice.ts'

/** The kit and the addresses that it uses, for people to look at before anything is sent (E3). */
export function kitPairs({ desk, kit, rules }: Kit, commonName: string | undefined, voice: Voice): [string, string][] {
  return [
    [voice.text('label_kit'), kit.name],
    [voice.text('label_environment'), voice.text(`environment_${rules.environment}`)],
    [voice.text('label_organisation'), `${rules.organisation.name} (${rules.organisation.code})`],
    ...(kit.service === undefined ? [] : [[voice.text('label_service'), kit.service] as [string, string]]),
    [voice.text('label_profile'), rules.profile.title[voice.language]],
    [voice.text('label_store'), voice.text(`store_${rules.store}`)],
    [voice.text('label_kit_until'), voice.instant(rules.expiresAt)],
    [voice.text('label_desk'), setOff(desk.name)],
    [voice.text('label_desk_request'), desk.services.portal],
    [voice.text('label_desk_test'), desk.services.mutual],
    [voice.text('label_desk_lists'), desk.services.public],
    ...(commonName === undefined ? [] : [[voice.text('label_common_name'), commonName] as [string, string]]),
  ]
}

/** The list of requests with the columns of E4, and of which service each is where one is of any. */
export function requestTable(requests: readonly RequestSummary[], voice: Voice, columns?: number): string[] {
  const areOfServices = requests.some(({ service }) => service !== undefined)
  const headings = [
    voice.text('label_request'),
    voice.text('label_state'),
    ...(areOfServices ? [voice.text('label_service')] : []),
    voice.text('label_common_name'),
    voice.text('label_submitted'),
    voice.text('label_requested_by'),
    voice.text('label_downloaded'),
    voice.text('label_downloaded_by'),
    voice.text('label_profile'),
  ]
  const saidOf = (said: string | undefined): string => (said === '' ? voice.text('erased') : (said ?? ''))
  const rows = requests.map((request) => [
    String(request.number),
    voice.text(`state_${request.state}`),
    ...(areOfServices ? [request.service?.name ?? ''] : []),
    request.commonName,
    voice.instant(request.submittedAt),
    saidOf(request.requestedBy),
    request.downloadedAt ? voice.instant(request.downloadedAt) : '',
    saidOf(request.downloadedBy),
    request.profile.title[voice.language],
  ])
  return table(headings, rows, columns)
}

/** Why a request ended: what a manager wrote, or a code of the desk. */
export function reasonText(reason: string, voice: Voice): string {
  const code = REASONS.find((one) => one === reason)
  return code ? voice.text(`reason_${code}`) : reason || voice.text('erased')
}

const REASONS = ['replaced', ...REVOCATION_REASONS] as const
