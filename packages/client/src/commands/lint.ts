import { LINT_SUITE_NAMES, lintSentence } from '@scel/contract/lint'
import { LINT_SUITES, type LintFinding, type LintOptions, type LintSuite, lintCertificate } from '@scel/pki/lint'
import { formatName, parseCertificate } from '@scel/pki/x509'
import { stop } from '../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import { fill } from '../ui/messages/index.ts'
import { plain } from '../ui/plain.ts'
import { inVoice, type Voice } from '../ui/voice.ts'
import type { Command } from './command.ts'
import type { Given } from './given.ts'
import { instantOf } from './instant.ts'
import { dersOf, readMaterial } from './material.ts'
import { PKCS12_OPTIONS } from './open-pkcs12.ts'
import { PASSPHRASE_OPTION } from './passphrase.ts'
import type { Session } from './session.ts'

/** `scel lint`: where a certificate departs from the documents that it should follow. */
export const lint: Command = {
  name: 'lint',
  help: 'lint',
  arguments: [{ name: 'value_file', help: 'lint_file', required: true }],
  options: [
    { name: 'suite', help: 'lint_suite', value: 'value_suite', choices: LINT_SUITES, many: true },
    { name: 'at', help: 'lint_at', value: 'value_time' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runLint,
}

/** A certificate and what was found in it, as `--json` prints it. */
interface Linted {
  readonly subject: string
  readonly findings: readonly (LintFinding & { readonly says: string })[]
}

async function runLint(session: Session, given: Given): Promise<ExitCode> {
  const { voice } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const options = optionsOf(given)
  const { items } = await readMaterial(session, given, file)
  const certificates = dersOf(items, 'certificate').map((der) => lintOne(der, options, voice))
  if (certificates.length === 0) stop('certificate_missing', { file })
  voice.result({ suites: options.suites, certificates }, () => [
    ...certificates.flatMap((one) => linesOf(one, voice)),
    voice.plain('lint_by', {
      suites: options.suites.map((suite) => LINT_SUITE_NAMES[voice.language][suite]).join('; '),
    }),
  ])
  const broken = certificates.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return broken ? EXIT.failed : EXIT.done
}

function optionsOf(given: Given): LintOptions & { readonly suites: readonly LintSuite[] } {
  const wanted = given.list('suite')
  const suites = LINT_SUITES.filter((suite) => (wanted.length > 0 ? wanted : DEFAULT).includes(suite))
  const at = instantOf(given.text('at'))
  return { suites, ...(at ? { at } : {}) }
}

function lintOne(der: Uint8Array, options: LintOptions, voice: Voice): Linted {
  const { subject, serialHex, signedBytes } = parseCertificate(der)
  const says = (finding: LintFinding): string =>
    inVoice(lintSentence(finding, voice.language, (text, facts) => fill(text, voice.language, facts)))
  const findings = lintCertificate(signedBytes, options).map((finding) => ({ ...finding, says: says(finding) }))
  return { subject: formatName(subject, 'rfc4514') || serialHex, findings }
}

function linesOf({ subject, findings }: Linted, voice: Voice): string[] {
  if (findings.length === 0) return [voice.plain('lint_none', { subject })]
  return [
    plain(subject),
    ...findings.flatMap(({ severity, says, clause, rule }) => [
      `  ${MARKS[severity]} ${voice.plain('lint_finding', { severity: voice.text(`lint_${severity}`), says })}`,
      `      ${plain(clause)} (${rule})`,
    ]),
  ]
}

const MARKS = { error: '✗', warning: '!', notice: '·' } as const
// As the desk judges what it signs.
const DEFAULT: readonly LintSuite[] = ['rfc5280', 'scel']
