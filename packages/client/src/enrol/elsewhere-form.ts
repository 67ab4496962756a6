import type { Contact, MachineFacts } from '@scel/contract/values'
import { stop } from '../ui/cli-error.ts'
import type { Prompts } from '../ui/prompts.ts'
import type { Voice } from '../ui/voice.ts'
import { isHostName } from './enrol-form.ts'
import { answerTo, type ContactField, contactFields, expectLine, type Field } from './form-fields.ts'

/** What is said of a server somewhere else, beside what its certificate request says. */
export interface ElsewhereForm {
  readonly contact: Contact
  readonly machine: MachineFacts
}

/** The options of `scel enrol --csr` as they were typed. */
export type ElsewhereOptions = Readonly<Partial<Record<Text, string>>> & {
  readonly mac: readonly string[]
  readonly networkCard: readonly string[]
}

type Text = ContactField | 'fqdn' | 'processorId' | 'os' | 'osVersion' | 'arch'

/**
 * Completes and checks the form. With `prompts`, what is missing is asked for; what the request says is not.
 * @param named host name of the server by its request, where that says it
 * @throws option_missing, option_value_wrong, interrupted
 */
export async function fillElsewhereForm(
  named: string | undefined,
  given: ElsewhereOptions,
  voice: Voice,
  prompts: Prompts | undefined,
): Promise<ElsewhereForm> {
  const fields = fieldsOf(voice)
  const addresses = [...given.mac.map(addressOf('--mac', voice)), ...given.networkCard.map(addressOf(CARD, voice))]
  const value = (field: Text): Promise<string | undefined> => answerTo(fields[field], given[field], voice, prompts)
  const hostName = named !== undefined && given.fqdn === undefined ? named : await value('fqdn')
  const asked = async (field: Field, option: string): Promise<string[]> => {
    const typed = await answerTo(field, undefined, voice, prompts)
    return typed === undefined ? [] : [addressOf(option, voice)(typed)]
  }
  if (given.mac.length === 0) addresses.push(...(await asked(fields.mac, '--mac')))
  if (given.networkCard.length === 0) addresses.push(...(await asked(fields.networkCard, CARD)))
  const processorId = await value('processorId')
  const operatingSystem = await value('os')
  const operatingSystemVersion = await value('osVersion')
  const architecture = await value('arch')
  const email = (await value('email')) ?? ''
  const telephone = await value('phone')
  const description = await value('description')
  return {
    contact: { email, ...(telephone ? { telephone } : {}), ...(description ? { description } : {}) },
    machine: {
      hostName: hostName?.toLowerCase() ?? '',
      macAddresses: [...new Set(addresses)],
      processor: '',
      processorId: processorId ?? '',
      operatingSystem: operatingSystem ?? '',
      operatingSystemVersion: operatingSystemVersion ?? '',
      architecture: architecture ?? '',
    },
  }
}

function fieldsOf(voice: Voice): Record<Text | 'mac' | 'networkCard', Field> {
  const field = (option: string, question: Field['question'], wrong: Field['wrong']): Field => ({
    ...{ option, question, wrong },
    compulsory: false,
  })
  const address = (text: string): string | undefined => (macAddress(text) ? undefined : voice.text('expected_mac'))
  return {
    ...contactFields(voice),
    fqdn: field('--fqdn', 'ask_fqdn', (name) => (isHostName(name) ? undefined : voice.text('expected_host'))),
    mac: field('--mac', 'ask_mac', address),
    networkCard: field(CARD, 'ask_network_card', address),
    processorId: field('--processor-id', 'ask_processor_id', expectLine(200, voice)),
    os: field('--os', 'ask_os', expectLine(200, voice)),
    osVersion: field('--os-version', 'ask_os_version', expectLine(200, voice)),
    arch: field('--arch', 'ask_arch', expectLine(50, voice)),
  }
}

/** As the desk writes them, whatever the system that showed it. @throws option_value_wrong */
const addressOf =
  (option: string, voice: Voice) =>
  (value: string): string =>
    macAddress(value) ?? stop('option_value_wrong', { option, value, expected: voice.text('expected_mac') })

/** `00:11:22:aa:bb:cc`, `00-11-22-AA-BB-CC` of Windows, `0011.22aa.bbcc` of network devices. */
function macAddress(text: string): string | undefined {
  const hex = MAC.test(text.trim()) ? text.replace(/[^0-9a-f]/gi, '').toLowerCase() : ''
  return hex.length === 12 ? (hex.match(/../g) ?? []).join(':') : undefined
}

const MAC = /^(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})$/i
const CARD = '--network-card'
