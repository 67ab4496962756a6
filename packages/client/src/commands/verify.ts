import { explainPath } from '@scel/pki/path'
import { drawChain, missingIssuer, policyLines, reasonLines, refusedPaths, stepsOf } from '../chain/index.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import type { Voice } from '../ui/voice.ts'
import type { Command } from './command.ts'
import type { Given } from './given.ts'
import { PKCS12_OPTIONS } from './open-pkcs12.ts'
import { PASSPHRASE_OPTION } from './passphrase.ts'
import type { Session } from './session.ts'
import { HOST_OPTION, hostFault } from './verify-host.ts'
import { PURPOSES, questionOf, REVOCATION_MODES } from './verify-question.ts'

/** `scel verify`: whether a certificate may be trusted for a purpose, by which chain, or why not. */
export const verify: Command = {
  arguments: [{ name: 'value_file', help: 'verify_file', required: true, many: true }],
  options: [
    { name: 'anchor', help: 'verify_anchor', value: 'value_file', many: true },
    { name: 'purpose', help: 'verify_purpose', value: 'value_purpose', choices: Object.keys(PURPOSES) },
    HOST_OPTION,
    { name: 'at', help: 'verify_at', value: 'value_time' },
    { name: 'intermediate', help: 'verify_intermediate', value: 'value_file', many: true },
    { name: 'crl', help: 'verify_crl', value: 'value_file', many: true },
    { name: 'ocsp', help: 'verify_ocsp', value: 'value_file', many: true },
    { name: 'revocation', help: 'verify_revocation', value: 'value_mode', choices: REVOCATION_MODES },
    { name: 'policy', help: 'verify_policy', value: 'value_oid', many: true },
    { name: 'all-reasons', help: 'verify_all_reasons' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runVerify,
}

async function runVerify(session: Session, given: Given): Promise<ExitCode> {
  const { voice } = session
  const { options, anchors, purpose, host, revocation } = await questionOf(session, given)
  const fault = host === undefined ? undefined : hostFault(options.leaf, host)
  const verdict = await explainPath(options)
  const error = verdict.valid ? fault : verdict.best.reason
  const { exit, ...refusal } = error ? voice.words(error) : { exit: EXIT.done, message: undefined, hints: [] }
  const all = await stepsOf(verdict, anchors)
  // The chain may hold and still be that of another host.
  const steps = verdict.valid && fault ? all.with(-1, { ...all.at(-1)!, fault: true }) : all
  const reasons = given.flag('all-reasons')
  const document = {
    valid: !error,
    purpose,
    ...(host === undefined ? {} : { host: { name: host, fits: !fault } }),
    at: options.at.toISOString(),
    chain: steps,
    ...(verdict.valid ? { policies: verdict.path.policies } : {}),
    ...(error ? { error: refusal } : {}),
    revocation,
    wants: verdict.wants.map(({ kind, url }) => ({ kind, url })),
    ...(reasons ? { refused: refusedPaths(verdict, voice) } : {}),
  }
  voice.result(document, () => [
    ...drawChain(steps, missingIssuer(verdict), refusal.message, voice),
    ...(verdict.valid ? policyLines(verdict.path.policies, voice) : []),
    ...(reasons ? reasonLines(verdict, voice) : []),
    conclusion(!error, purpose, host, options.at, voice),
  ])
  if (revocation === 'none') voice.say('verify_revocation_not_asked')
  for (const { kind, url } of verdict.wants) voice.say(`verify_want_${kind}`, { url })
  for (const hint of refusal.hints) voice.hint(hint)
  return exit
}

/** Good for what; with the purpose `any` and no host there is nothing that it would be good for. */
function conclusion(valid: boolean, purpose: string, host: string | undefined, at: Date, voice: Voice): string {
  const named = purpose === 'any' ? undefined : purpose
  const what = host !== undefined && named !== undefined ? `${host} (${named})` : (host ?? named)
  const facts = { at: voice.instant(at) }
  if (what === undefined) return voice.plain(valid ? 'verify_valid_any' : 'verify_invalid_any', facts)
  return voice.plain(valid ? 'verify_valid' : 'verify_invalid', { purpose: what, ...facts })
}
