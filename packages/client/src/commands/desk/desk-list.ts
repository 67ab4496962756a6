import { nameOf } from '@scel/files/certificates'
import { isPkiError } from '@scel/pki/errors'
import { fingerprint } from '@scel/pki/x509'
import { certificateOf } from '../../enrol/verify-issued.ts'
import type { DeskRecord, NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, desksOf, hostOf } from '../../state/desks.ts'
import { setOff } from '../../ui/desk-label.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { table } from '../../ui/table.ts'
import type { Voice } from '../../ui/voice.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

/** `scel desk list`: which desks are known here, in which environment, and which of them are believed. It asks nobody. */
export const deskList: Command = {
  arguments: [],
  options: [ENVIRONMENT_OPTION],
  run: runList,
}

async function runList(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const wanted = given.environment()
  const records = (await session.desks.records()).filter(
    ({ record }) => wanted === undefined || record.environment === wanted,
  )
  const certificates = await certificatesByDesk(session)
  const desks = desksOf(records)
  const document = []
  for (const desk of desks) {
    const [{ record: first }] = desk.records
    const environments = []
    for (const named of desk.records) environments.push(await factsOf(named, certificates.get(named.name) ?? 0))
    document.push({ desk: first.desk.name, id: first.desk.id, host: hostOf(first.desk), environments })
  }
  const headings = (['address', 'desk', 'environment', 'enrolled', 'requests', 'certificates_here'] as const).map(
    (one) => voice.text(`label_${one}`),
  )
  const rows = desks.flatMap((desk) =>
    desk.records.map((named) => row(named, certificates.get(named.name) ?? 0, voice)),
  )
  voice.result({ desks: document }, () => (rows.length > 0 ? table(headings, rows, outside.columns) : []))
  if (rows.length === 0) {
    if (wanted === undefined) voice.say('desk_list_none')
    else voice.say('desk_list_none_there', { environment: voice.text(`environment_${wanted}`) })
  }
  for (const { record } of records) {
    const { environment, enrolledAt } = record
    const where = voice.text(`environment_${environment}`)
    if (enrolledAt === undefined) voice.say('desk_not_believed_why', { desk: deskLabel(record), environment: where })
  }
  return EXIT.done
}

/** How many lie in the stores of this machine, by the name of the record. */
async function certificatesByDesk(session: Keys): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { identity } of await session.identities.all()) {
    const { desk } = identity.holder
    if (identity.certificate && desk !== undefined) counts.set(desk, (counts.get(desk) ?? 0) + 1)
  }
  return counts
}

async function factsOf({ name, record }: NamedRecord, certificates: number): Promise<object> {
  const { environment, enrolledAt, heardAt, requests, roots, desk } = record
  return {
    ...{ environment, record: name, services: desk.services, believed: enrolledAt !== undefined },
    ...(enrolledAt === undefined ? {} : { enrolledAt }),
    ...(heardAt === undefined ? {} : { heardAt }),
    ...(await rootFacts('root', roots.environment)),
    ...(roots.said === undefined ? {} : await rootFacts('rootSaid', roots.said)),
    requests: { count: requests.length, open: openRequests(record) },
    certificates,
  }
}

/** Absent where it is none: a record that is not believed holds what somebody wrote into a kit. */
async function rootFacts(name: 'root' | 'rootSaid', pem: string): Promise<object> {
  try {
    const root = certificateOf(pem)
    return { [name]: { subject: nameOf(root), fingerprint: await fingerprint(root.der) } }
  } catch (error) {
    if (isPkiError(error)) return {}
    throw error
  }
}

function row({ record }: NamedRecord, certificates: number, voice: Voice): string[] {
  const { desk, environment, enrolledAt } = record
  return [
    hostOf(desk),
    setOff(desk.name),
    voice.text(`environment_${environment}`),
    enrolledAt === undefined ? voice.text('desk_not_believed') : voice.instant(enrolledAt),
    requestsText(record, voice),
    String(certificates),
  ]
}

export const requestsText = (record: DeskRecord, voice: Voice): string =>
  voice.text('desk_requests', { count: record.requests.length, open: openRequests(record).length })

/** Numbers of those that wait for a decision, or for being fetched: when the desk was last heard. */
export const openRequests = ({ requests }: DeskRecord): number[] =>
  requests.filter(({ state }) => state === 'pending' || state === 'approved').map(({ number }) => number)
