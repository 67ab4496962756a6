import { LINT_SUITE_NAMES, lintClause } from '@scel/contract/lint'
import { LINT_SUITES, type LintOptions, type LintSuite } from '@scel/pki/lint'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { plain } from '../../ui/plain.ts'
import type { Voice } from '../../ui/voice.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { instantOf } from '../input/instant.ts'
import { readMaterial } from '../input/material.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { type Linted, lintItem } from './lint-item.ts'

/** `scel lint`: where a certificate, a request or a list departs from the documents that it should follow. */
export const lint: Command = {
  arguments: [{ name: 'value_file', help: 'lint_file', required: true }],
  options: [
    { name: 'suite', help: 'lint_suite', value: 'value_suite', choices: LINT_SUITES, many: true },
    { name: 'at', help: 'lint_at', value: 'value_time' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runLint,
}

async function runLint(shell: Shell, given: Given): Promise<ExitCode> {
  const { voice } = shell
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const options = optionsOf(given)
  const { items } = await readMaterial(shell, given, file)
  const objects = items.flatMap((item) => lintItem(item, options, voice) ?? [])
  if (objects.length === 0) stop('nothing_to_lint', { file })
  const names = options.suites.map((suite) => LINT_SUITE_NAMES[voice.language][suite])
  voice.result({ suites: options.suites, objects }, () => [
    ...objects.flatMap((one) => linesOf(one, voice)),
    voice.plain('lint_by', { suites: names.join(', ') }),
  ])
  const broken = objects.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return broken ? EXIT.failed : EXIT.done
}

function optionsOf(given: Given): LintOptions & { readonly suites: readonly LintSuite[] } {
  const wanted = given.list('suite')
  const suites = LINT_SUITES.filter((suite) => (wanted.length > 0 ? wanted : DEFAULT).includes(suite))
  const at = instantOf(given.text('at'))
  return { suites, ...(at ? { at } : {}) }
}

function linesOf({ name, findings }: Linted, voice: Voice): string[] {
  if (findings.length === 0) return [voice.plain('lint_none', { name })]
  return [
    plain(name),
    ...findings.flatMap((finding) => [
      `  ${MARKS[finding.severity]} ${voice.plain('lint_finding', { severity: voice.text(`lint_${finding.severity}`), says: finding.says })}`,
      `      ${plain(lintClause(finding, voice.language))} (${finding.rule})`,
    ]),
  ]
}

const MARKS = { error: '✗', warning: '!', notice: '·' } as const
// As the desk judges what it signs.
const DEFAULT: readonly LintSuite[] = ['rfc5280', 'scel']
