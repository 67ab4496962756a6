import type { Environment } from '@scel/contract/values'
import { nameOf } from '@scel/files/certificates'
import type { ExpectedSigner, VerifyOptions } from '@scel/pki/cms'
import type { RevocationSources } from '@scel/pki/path'
import { stampVerifier, type TimeStampTrust } from '@scel/pki/tsp'
import type { Asked, Trust } from '../../signing/index.ts'
import type { NamedRecord } from '../../state/desk-record.ts'
import { CliError, stop } from '../../ui/cli-error.ts'
import { chosenDesks, DESK_OPTION, desksThere } from '../input/chosen-desks.ts'
import { type CommandOption, ENVIRONMENT_OPTION } from '../input/command.ts'
import { deskRoots, desksIn, givenRoots, type TrustedRoot, trustIn } from '../input/desk-roots.ts'
import { certificatesOf, statusesOf } from '../input/evidence.ts'
import type { Given } from '../input/given.ts'
import { instantOf } from '../input/instant.ts'
import { ONLINE_OPTION, type Online, onlineOf } from '../input/online.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import { givenPurpose, PURPOSES } from '../input/purpose.ts'
import type { Session } from '../input/session.ts'

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
  readonly trust: Trust
  readonly options: Omit<VerifyOptions, 'content'>
  readonly stamps: TimeStampTrust & Trust
  readonly asked: Asked
  readonly online: Online | undefined
}

/**
 * With the roots of several desks, a question about a person has no answer: each of them can certify anybody under the address of
 * somebody whom another one knows. Neither has one about the moment, which each of them can make up. A fingerprint says whose
 * certificate is meant, and whoever takes anyone's is told by which desk.
 * @throws anchor_missing, anchor_elsewhere, desk_needed, options_exclude, option_value_wrong, and what reading the files throws
 */
export async function signatureQuestion(session: Session, given: Given): Promise<SignatureQuestion> {
  const identity = identityOf(given)
  const purpose = givenPurpose(given, PURPOSES_HERE) ?? 'email-signing'
  const online = await onlineOf(session, given)
  const revocation = await revocationOf(session, given, online)
  // What the test environment certifies is nobody's word in earnest: its administrators name whom they like.
  const environment = given.environment() ?? 'production'
  const byFiles = given.list('anchor').length > 0
  const { roots, unbelieved } = await rootsFor(session, given, environment)
  if (severalDesks(roots, unbelieved) && identity?.email !== undefined && identity.fingerprint === undefined)
    stop('desk_needed', { question: 'person', name: identity.email, desks: desksIn(roots, unbelieved) })
  const intermediates = await certificatesOf(session, given, given.list('intermediate'))
  const at = instantOf(given.text('at')) ?? session.outside.now()
  const stampsByFiles = given.list('tsa-anchor').length > 0
  const forStamps = stampsByFiles ? await givenRoots(session, given, 'tsa-anchor') : roots
  const stampRefusal = !stampsByFiles && severalDesks(roots, unbelieved) ? timeOfSeveral(roots, unbelieved) : undefined
  const judging = { intermediates, at, revocation: revocation ?? 'not-asked' } as const
  const trust = { ...(await trustIn(roots)), ...(stampRefusal ? { stampRefusal } : {}) }
  const stamps = { ...(await trustIn(forStamps)), ...(stampRefusal ? { stampRefusal } : {}), ...judging }
  return {
    trust,
    stamps,
    options: {
      ...{ anchors: trust.anchors, ...judging },
      ...(stampRefusal ? {} : { verifyStamp: stampVerifier(stamps) }),
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

interface Roots {
  readonly roots: readonly TrustedRoot[]
  /** Where nobody said which desk is meant, those that have no say. */
  readonly unbelieved: readonly NamedRecord[]
}

/** @throws anchor_missing, anchor_elsewhere, options_exclude, what `chosenDesks` throws */
async function rootsFor(session: Session, given: Given, environment: Environment): Promise<Roots> {
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
  const names = roots.map((one) => voice.text('desk_under_root', { desk: desksIn([one]), root: nameOf(one.anchor) }))
  voice.say('signature_desk_roots', {
    environment: voice.text(`environment_${environment}`),
    names: names.join('; '),
  })
  if (given.text(DESK_OPTION.name) !== undefined) return { roots, unbelieved: [] }
  return { roots, unbelieved: (await desksThere(session.desks, environment)).unbelieved }
}

const severalDesks = (roots: readonly TrustedRoot[], unbelieved: readonly NamedRecord[]): boolean =>
  roots.filter(({ desks }) => desks.length > 0).length + unbelieved.length > 1

const timeOfSeveral = (roots: readonly TrustedRoot[], unbelieved: readonly NamedRecord[]): CliError =>
  new CliError('desk_needed', { question: 'time', name: '', desks: desksIn(roots, unbelieved) })

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

/** Asked unless that is said: a signature of a stolen key is no signature. */
async function revocationOf(
  session: Session,
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
  return { mode, ...(await statusesOf(session, given)), ...(online ? { fetch: online.fetch } : {}) }
}
