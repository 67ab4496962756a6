import type { Language } from '@scel/contract/errors'
import type { Services } from '../api/about.ts'
import { phrase } from '../words/phrase.ts'
import { TEXTS } from './texts.ts'

/** What the operator reads once the desk is ready. */
export interface StartPage {
  readonly name: string
  readonly services: Services
  readonly data: string
  /** Whether this start made the authorities. */
  readonly first: boolean
  /** SHA-256 of the production root, hex. */
  readonly fingerprint: string
  /** Whether the listener's certificate is the desk's own, so that the root must be trusted. */
  readonly ownTls: boolean
  /** Only while there is no active administrator. */
  readonly link: { readonly address: string; readonly expiresAt: string } | undefined
}

/** The lines that `scel-desk start` prints: data only, so that it can be read by people and searched by programs. */
export function startPage(page: StartPage, language: Language): string {
  const { start } = TEXTS[language]
  const rows = [
    [start.portal, page.services.portal],
    [start.mutual, page.services.mutual],
    [start.public, page.services.public],
    [start.data, page.data],
    [start.fingerprint, pairs(page.fingerprint)],
  ] as const
  const width = Math.max(...rows.map(([label]) => label.length))
  const trust = page.ownTls
    ? [start.trust, `  npx scel trust --desk ${page.services.portal} --fingerprint ${page.fingerprint}`]
    : [start.noTrust]
  const link = page.link
    ? [
        '',
        start.link,
        `  ${page.link.address}`,
        `  ${phrase(start.linkOnce, language, { expiresAt: page.link.expiresAt })}`,
      ]
    : []
  return [
    '',
    ...(page.first ? [start.made] : []),
    phrase(start.ready, language, { name: page.name }),
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    '',
    ...trust,
    ...link,
    '',
    start.stop,
    '',
  ].join('\n')
}

/** `AB:CD:…`, as browsers show a fingerprint. */
const pairs = (hex: string): string => hex.toUpperCase().match(/../g)!.join(':')
