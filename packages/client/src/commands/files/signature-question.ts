import type { Environment } from '@scel/contract/values'
import { nameOf } from '@scel/files/certificates'
import { decideTrust, type Following, judgingSignatures, judgingStamps, type Trust } from '@scel/files/trust'
import type { ExpectedSigner, VerifyOptions } from '@scel/pki/cms'
import type { RevocationSources } from '@scel/pki/path'
import type { Expectations } from '../../signing/index.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import { CliError, stop } from '../../ui/cli-error.ts'
import { chosenDesks, DESK_OPTION, desksThere } from '../input/chosen-desks.ts'
import { type CommandOption, ENVIRONMENT_OPTION } from '../input/command.ts'
import { type DeskRoot, deskRoots, givenRoots, namesOf } from '../input/desk-roots.ts'
import { certificatesOf, statusesOf } from '../input/evidence.ts'
import type { Given } from '../input/given.ts'
import { instantOf } from '../input/instant.ts'
import { ONLINE_OPTION, type Online, onlineOf } from '../input/online.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import { givenPurpose, PURPOSES } from '../input/purpose.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

const MODES = ['required', 'if-known'] as const
const PURPOSES_HERE = ['email-signing', 'code-signing', 'any'] as const

/** What decides about a signature: whom to trust, at what moment, who it must be, what is known of revocation. */
export const JUDGING_OPTIONS: readonly CommandOption[] = [
  { name: 'anchor', help: 'verify_signature_anchor', value: 'value_file', many: true },
  { ...ENVIRONMENT_OPTION, help: 'verify_signature_environment' },
  DESK_OPTION,
  { name: 'email', help: 'verify_signature_email', value: 'value_address' },
  { name: 'fingerprint', help: 'verify_signature_fingerprint', value: 'value_fingerprint' },
  { name: 'anyone', help: 'verify_signature_anyone' },
  { name: 'without-revocation', help: 'verify_signature_without_revocation' },
  { name: 'revocation', help: 'verify_signature_revocation', value: 'value_mode', choices: MODES },
  { name: 'crl', help: 'verify_crl', value: 'value_file', many: true },
  { name: 'ocsp', help: 'verify_ocsp', value: 'value_file', many: true },
  ONLINE_OPTION,
  { name: 'intermediate', help: 'verify_intermediate', value: 'value_file', many: true },
  { name: 'at', help: 'verify_at', value: 'value_time' },
  { name: 'purpose', help: 'verify_signature_purpose', value: 'value_purpose' },
  { name: 'tsa-anchor', help: 'verify_signature_tsa_anchor', value: 'value_file', many: true },
  { name: 'danger-old-signatures', help: 'verify_signature_old' },
  PASSPHRASE_OPTION,
  ...PKCS12_OPTIONS,
]

export interface SignatureQuestion {
  readonly trust: Trust<DeskRecord>
  readonly options: Omit<VerifyOptions, 'content'>
  readonly stamps: Trust<DeskRecord> & Following
  /** Why time stamps on signatures are not looked at: several desks could each make up the moment. */
  readonly stampRefusal: CliError | undefined
  readonly asked: Expectations
  readonly online: Online | undefined
}

/** @throws anchor_missing, anchor_elsewhere, desk_needed, options_exclude, option_value_wrong, and what reading the files throws */
export async function signatureQuestion(session: Shell & State, given: Given): Promise<SignatureQuestion> {
  const identity = identityOf(given)
  const purpose = givenPurpose(given, PURPOSES_HERE) ?? 'email-signing'
  const online = await onlineOf(session, given)
  const revocation = await revocationOf(session, given, online)
  // What the test environment certifies is nobody's word in earnest: its administrators name whom they like.
  const environment = given.environment() ?? 'production'
  const byFiles = given.list('anchor').length > 0
  const believed = await rootsFor(session, given, environment)
  const ofStamps = given.list('tsa-anchor').length > 0 ? await givenRoots(session, given, 'tsa-anchor') : undefined
  const decision = await decideTrust({ ...believed, ...(ofStamps ? { ofStamps } : {}), identity })
  const { person, time } = decision.undecided
  if (person) stop('desk_needed', { question: 'person', name: identity?.email ?? '', desks: namesOf(person) })
  const following: Following = {
    intermediates: await certificatesOf(session, given, given.list('intermediate')),
    at: instantOf(given.text('at')) ?? session.outside.now(),
    revocation: revocation ?? 'not-asked',
  }
  return {
    trust: decision.signers,
    stamps: judgingStamps(decision, following),
    stampRefusal: time && new CliError('desk_needed', { question: 'time', name: '', desks: namesOf(time) }),
    options: {
      ...judgingSignatures(decision, following),
      purpose: PURPOSES[purpose] ?? 'emailSigning',
      ...(identity ? { identity } : {}),
      ...(given.flag('danger-old-signatures') ? { danger: { oldSignatures: true } } : {}),
      signal: session.outside.signal,
    },
    asked: {
      identity: identity
        ? { wanted: [identity.email ?? [], identity.fingerprint ?? []].flat().join(', ') }
        : given.flag('anyone')
          ? 'anyone'
          : undefined,
      revocation: revocation?.mode ?? 'none',
      ...(byFiles ? {} : { environment }),
    },
    online,
  }
}

interface Believed {
  readonly roots: readonly DeskRoot[]
  /** Where nobody said which desk is meant, those that have no say. */
  readonly unbelieved: readonly DeskRecord[]
}

/** @throws anchor_missing, anchor_elsewhere, options_exclude, what `chosenDesks` throws */
async function rootsFor(session: Shell & State, given: Given, environment: Environment): Promise<Believed> {
  const byFiles = given.list('anchor').length > 0
  if (byFiles && given.text(DESK_OPTION.name) !== undefined)
    stop('options_exclude', { one: '--anchor', other: `--${DESK_OPTION.name}` })
  const roots = byFiles
    ? await givenRoots(session, given, 'anchor')
    : await deskRoots(session.desks, given, environment)
  if (roots.length === 0)
    stop((await chosenDesks(session.desks, given)).length > 0 ? 'anchor_elsewhere' : 'anchor_missing')
  if (byFiles) return { roots, unbelieved: [] }
  const { voice } = session
  const names = roots.map((one) =>
    voice.text('desk_under_root', { desk: namesOf(one.desks), root: nameOf(one.anchor) }),
  )
  voice.say('signature_desk_roots', {
    environment: voice.text(`environment_${environment}`),
    names: names.join('; '),
  })
  if (given.text(DESK_OPTION.name) !== undefined) return { roots, unbelieved: [] }
  const { unbelieved } = await desksThere(session.desks, environment)
  return { roots, unbelieved: unbelieved.map(({ record }) => record) }
}

function identityOf(given: Given): ExpectedSigner | undefined {
  const email = given.text('email')
  const fingerprint = given.text('fingerprint')?.replace(/[:\s]/g, '').toLowerCase()
  if (fingerprint !== undefined && !/^[0-9a-f]{64}$/.test(fingerprint)) {
    stop('option_value_wrong', { option: '--fingerprint', value: fingerprint, expected: 'SHA-256' })
  }
  const named = email !== undefined ? '--email' : fingerprint !== undefined ? '--fingerprint' : undefined
  if (named === undefined) return undefined
  if (given.flag('anyone')) stop('options_exclude', { one: named, other: '--anyone' })
  return { ...(email === undefined ? {} : { email }), ...(fingerprint === undefined ? {} : { fingerprint }) }
}

/** Expectations unless that is said: a signature of a stolen key is no signature. */
async function revocationOf(
  shell: Shell,
  given: Given,
  online: Online | undefined,
): Promise<RevocationSources | undefined> {
  if (given.flag('without-revocation')) {
    const other = ['crl', 'ocsp', 'revocation', 'online'].find(
      (name) => given.text(name) ?? given.list(name)[0] ?? (given.flag(name) || undefined),
    )
    if (other !== undefined) stop('options_exclude', { one: '--without-revocation', other: `--${other}` })
    return undefined
  }
  const mode = given.text('revocation') === 'if-known' ? 'if-known' : 'required'
  return { mode, ...(await statusesOf(shell, given)), ...(online ? { fetch: online.fetch } : {}) }
}
