import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { CHOICE_WORDS } from '@scel/contract/errors'
import type { BodyOf, handInRequest } from '@scel/contract/routes'
import {
  type ChoiceName,
  type Choices,
  isLine,
  type Offers,
  type Organisation,
  type Profile,
} from '@scel/contract/values'
import { isHostName, type RequestContent, type RequestFile, type RequestRules } from '@scel/files/request'

/** What a file does not say of itself, as it is typed. */
export interface NewRequestForm {
  readonly organisation: string
  /** One of its services; empty for all of it. */
  readonly service: string
  /** Name of a profile. */
  readonly profile: string
  /** What was picked of what the profile offers. */
  readonly choices: Choices
  /** Asked where the file names no host. */
  readonly hostName: string
  readonly macAddresses: string
  readonly processorId: string
  readonly operatingSystem: string
  readonly operatingSystemVersion: string
  readonly architecture: '' | 'x64' | 'x86' | 'arm64'
  readonly telephone: string
  readonly description: string
}

export const ARCHITECTURES: readonly NewRequestForm['architecture'][] = ['', 'x64', 'x86', 'arm64']

export const emptyRequest = (organisation: string): NewRequestForm => ({
  organisation,
  choices: {},
  ...{ service: '', profile: '', hostName: '', macAddresses: '', processorId: '', operatingSystem: '' },
  ...{ operatingSystemVersion: '', architecture: '', telephone: '', description: '' },
})

/** The profiles that a file may ask for: those first whose holders are hosts, which is what files are made for. */
export const offeredFor = (profiles: readonly Profile[]): Profile[] =>
  profiles.filter(({ kits }) => kits).sort((one, other) => Number(isOfHosts(other)) - Number(isOfHosts(one)))

const isOfHosts = ({ commonName }: Profile): boolean => commonName === 'host-name'

/** By what the desk will judge the file: what of it is known here. */
export const rulesOf = (profile: Profile, organisation: Organisation | undefined): RequestRules => ({
  keys: profile.keys,
  keyUsage: profile.keyUsages,
  extendedKeyUsage: profile.extendedUsages,
  commonName: profile.commonName,
  names: profile.names,
  ...(organisation && {
    subject: {
      country: organisation.country,
      organisation: organisation.name,
      units: [organisation.code, ...(profile.organisationalUnit ? [profile.organisationalUnit] : [])],
      isLine,
    },
    suffixes: organisation.nameSuffixes,
  }),
  applicant: { attribute: APPLICANT_THUMBPRINT_OID, allowed: false },
})

/** The full host name that the file gives; undefined where it gives none. */
export function hostIn({ attributes }: Pick<RequestContent, 'attributes'>): string | undefined {
  const name = attributes.find(({ type }) => type === 'commonName')?.value.toLowerCase()
  return name !== undefined && isHostName(name) ? name : undefined
}

/** Which choices there are, their words say. */
export const CHOICE_NAMES = Object.keys(CHOICE_WORDS.en) as ChoiceName[]

/** What is shown as chosen: of each offered thing what was picked, where the profile offers that, or else what is usual. */
export function chosenOf(offers: Offers = {}, choices: Choices): Choices {
  const chosen = CHOICE_NAMES.flatMap((name) => {
    const offer = offers[name]
    return offer ? [[name, offer.offered.find((value) => value === choices[name]) ?? offer.usual]] : []
  })
  return Object.fromEntries(chosen)
}

export type NewRequestFaults = Partial<Record<keyof NewRequestForm, true>>

/**
 * @param host that the file gives
 * @param part where the organisation as a whole is not the caller's to ask for
 * @param servicesKnown until they are, no choice does not mean all of the organisation
 */
export function faultsOf(
  form: NewRequestForm,
  host: string | undefined,
  part = false,
  servicesKnown = true,
): NewRequestFaults {
  const wrong = (name: keyof NewRequestForm, is: boolean): NewRequestFaults => (is ? { [name]: true } : {})
  const addresses = addressesIn(form.macAddresses)
  return {
    ...wrong('profile', !form.profile),
    ...wrong('organisation', !form.organisation),
    ...wrong('service', !servicesKnown || (part && form.organisation !== '' && !form.service)),
    ...wrong('hostName', host === undefined && !isHostName(form.hostName.trim().toLowerCase())),
    ...wrong(
      'macAddresses',
      addresses.length > 16 || addresses.some((one) => !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(one)),
    ),
    ...wrong('telephone', !/^[+0-9 ().\-/]*$/.test(form.telephone.trim())),
  }
}

export type NewRequest = BodyOf<typeof handInRequest>

export function newRequestOf(
  form: NewRequestForm,
  { pem }: Pick<RequestFile, 'pem'>,
  host: string | undefined,
): NewRequest {
  const [telephone, description] = [form.telephone.trim(), form.description.trim()]
  return {
    organisation: form.organisation,
    ...(form.service && { service: form.service }),
    profile: form.profile,
    csr: pem,
    ...(Object.keys(form.choices).length > 0 && { choices: form.choices }),
    machine: {
      hostName: host ?? form.hostName.trim().toLowerCase(),
      macAddresses: addressesIn(form.macAddresses),
      processor: '',
      processorId: form.processorId.trim(),
      operatingSystem: form.operatingSystem.trim(),
      operatingSystemVersion: form.operatingSystemVersion.trim(),
      architecture: form.architecture,
    },
    contact: { ...(telephone ? { telephone } : {}), ...(description ? { description } : {}) },
  }
}

/** Typed as systems show them: with hyphens, in capitals, one after the other. */
const addressesIn = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((one) => one !== '')
      .map((one) => one.replaceAll('-', ':')),
  ),
]
