import { explainPath } from '@scel/pki/path'
import { drawChain, missingIssuer, policyLines, reasonLines, refusedPaths, stepsOf } from '../chain/index.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import type { Command } from './command.ts'
import type { Given } from './given.ts'
import { PKCS12_OPTIONS } from './open-pkcs12.ts'
import { PASSPHRASE_OPTION } from './passphrase.ts'
import type { Session } from './session.ts'
import { PURPOSES, questionOf, REVOCATION_MODES } from './verify-question.ts'

/** `scel verify`: whether a certificate may be trusted for a purpose, by which chain, or why not. */
export const verify: Command = {
  name: 'verify',
  help: 'verify',
  arguments: [{ name: 'value_file', help: 'verify_file', required: true, many: true }],
  options: [
    { name: 'anchor', help: 'verify_anchor', value: 'value_file', many: true },
    { name: 'purpose', help: 'verify_purpose', value: 'value_purpose', choices: Object.keys(PURPOSES) },
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
  const { options, anchors, purpose, revocation } = await questionOf(session, given)
  const verdict = await explainPath(options)
  const steps = await stepsOf(verdict, anchors)
  const { exit: _, ...refusal } = verdict.valid ? { exit: EXIT.done } : voice.words(verdict.best.reason)
  const reasons = given.flag('all-reasons')
  const document = {
    valid: verdict.valid,
    purpose,
    at: options.at.toISOString(),
    chain: steps,
    ...(verdict.valid ? { policies: verdict.path.policies } : { error: refusal }),
    revocation,
    wants: verdict.wants.map(({ kind, url }) => ({ kind, url })),
    ...(reasons ? { refused: refusedPaths(verdict, voice) } : {}),
  }
  voice.result(document, () => [
    ...drawChain(steps, missingIssuer(verdict), 'message' in refusal ? refusal.message : undefined, voice),
    ...(verdict.valid ? policyLines(verdict.path.policies, voice) : []),
    ...(reasons ? reasonLines(verdict, voice) : []),
    voice.plain(verdict.valid ? 'verify_valid' : 'verify_invalid', { purpose, at: voice.instant(options.at) }),
  ])
  if (revocation === 'none') voice.say('verify_revocation_not_asked')
  for (const { kind, url } of verdict.wants) voice.say(`verify_want_${kind}`, { url })
  if ('hints' in refusal) for (const hint of refusal.hints) voice.hint(hint)
  return verdict.valid ? EXIT.done : EXIT.failed
}
