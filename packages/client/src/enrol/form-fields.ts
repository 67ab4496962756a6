import { HIDDEN } from '@scel/contract/letters'
import { Contact } from '@scel/contract/values'
import { Value } from 'typebox/value'
import { stop } from '../ui/cli-error.ts'
import type { Prompts } from '../ui/prompts.ts'
import type { Voice } from '../ui/voice.ts'

/** One line of a form: an option, and the question for whoever left it out. */
export interface Field {
  readonly option: string
  readonly question: Question
  readonly compulsory: boolean
  /** What is expected, when the text is not that. */
  wrong(text: string): string | undefined
}

type Question =
  | ContactQuestion
  | 'ask_cn'
  | 'ask_locality'
  | 'ask_state'
  | 'ask_fqdn'
  | 'ask_mac'
  | 'ask_network_card'
  | 'ask_processor_id'
  | 'ask_os'
  | 'ask_os_version'
  | 'ask_arch'
type ContactQuestion = 'ask_email' | 'ask_phone' | 'ask_description'

/**
 * The answer to a field: as it was given, else asked for where there is a terminal.
 * @throws option_missing, option_value_wrong, interrupted
 */
export async function answerTo(
  field: Field,
  given: string | undefined,
  voice: Voice,
  prompts: Prompts | undefined,
): Promise<string | undefined> {
  const { option, question, compulsory, wrong } = field
  if (given !== undefined) {
    const trimmed = given.trim()
    const what = trimmed === '' && !compulsory ? undefined : wrong(trimmed)
    if (what) stop('option_value_wrong', { option, value: given, expected: what })
    return trimmed || undefined
  }
  if (!prompts) return compulsory ? stop('option_missing', { option }) : undefined
  const typed = await prompts.line(voice.text(question), (text) => {
    const expected = text || compulsory ? wrong(text) : undefined
    return expected && voice.text('ask_again', { expected })
  })
  return typed || undefined
}

/** One line of letters that can be seen. */
export const expectLine =
  (most: number, voice: Voice) =>
  (text: string): string | undefined =>
    text.length <= most && !UNSEEN.test(text) ? undefined : voice.text('expected_line', { most })

export type ContactField = 'email' | 'phone' | 'description'

/** Whom to reach about a request. */
export function contactFields(voice: Voice): Record<ContactField, Field> {
  const contact = (part: Partial<Contact>): boolean => Value.Check(Contact, { email: 'a@b.c', ...part })
  return {
    email: {
      ...{ option: '--email', question: 'ask_email', compulsory: true },
      wrong: (email) => (contact({ email }) ? undefined : voice.text('expected_email')),
    },
    phone: {
      ...{ option: '--phone', question: 'ask_phone', compulsory: false },
      wrong: (telephone) => (contact({ telephone }) ? undefined : voice.text('expected_phone')),
    },
    description: {
      ...{ option: '--description', question: 'ask_description', compulsory: false },
      wrong: (description) => (contact({ description }) ? undefined : voice.text('expected_line', { most: 1000 })),
    },
  }
}

const UNSEEN = new RegExp(`[${HIDDEN}]`, 'u')
