// What a desk says of itself now. It is signed under the desk's root, so that it does not matter who hands it out.

import type { Language } from '@scel/contract/errors'
import { type DeskWord, readStatement, SignedStatement } from '@scel/contract/kit'
import { deskStatement } from '@scel/contract/routes'
import { Problem } from '@scel/contract/values'
import { Value } from 'typebox/value'
import { CliError, stop } from '../ui/cli-error.ts'
import { formatSpan } from '../ui/language.ts'
import { explainByClock } from './clock.ts'
import { callHttps } from './https-call.ts'
import { parseJson } from './parse-json.ts'

/** What is known of a desk: whose it is, where, and since when. */
export interface KnownWord extends Pick<DeskWord, 'id' | 'services' | 'saidAt'> {
  /** Where else it may be asked, `https://host:port`, when it has no word there. */
  readonly places?: readonly string[]
}

export interface WordOptions {
  readonly language: Language
  readonly signal: AbortSignal
  now(): Date
}

/**
 * Asks for the present word of a desk where it was last known to be, and where that is not to be had, at its other places: who said in its
 * name that it is with them has none once the key is revoked. Nothing but the word itself is believed: it has to be that desk's,
 * good now, and not one that somebody kept from long before what is known.
 * @throws for the first place: desk_wordless, desk_list_old, desk_unproven, desk_changed, clock_ahead, clock_behind, answer_unreadable, and what `callHttps` throws
 */
export async function presentWord(known: KnownWord, options: WordOptions): Promise<DeskWord> {
  return heard(known, options).catch(async (error: unknown) => {
    const { places = [], services } = known
    for (const portal of new Set(places)) {
      if (portal === services.portal || options.signal.aborted) continue
      const there = await heard({ ...known, services: { ...services, portal } }, options).catch(() => undefined)
      if (there) return there
    }
    const inWords = (span: number): string => formatSpan(span, options.language)
    throw await explainByClock(error, services.public, options.now(), inWords)
  })
}

async function heard({ id, services, saidAt }: KnownWord, { signal, now, language }: WordOptions): Promise<DeskWord> {
  const { host } = new URL(services.portal)
  const call = { origin: services.portal, method: deskStatement.method, path: deskStatement.path, signal } as const
  const { status, body } = await callHttps({
    ...call,
    roots: 'unproven',
    headers: { accept: 'application/json, application/problem+json' },
  })
  const signed = parseJson(body)
  // Nobody has proven yet that it is a desk that answers: of what it says the code is told, and none of its sentences.
  if (status >= 400 && Value.Check(Problem, signed) && CODE.test(signed.code))
    return stop('desk_wordless', { host, code: signed.code })
  if (status !== 200 || !Value.Check(SignedStatement, signed)) return stop('answer_unreadable', { host, status })
  const word = await readStatement(signed, now())
  if ('refused' in word) {
    const { refused, listedAt } = word
    if (refused !== 'crl_outdated' || !listedAt) return stopUnproven(host, refused)
    // Of a machine whose clock is ahead every list is old: that is looked at first.
    return stop('desk_list_old', { host, span: formatSpan(now().getTime() - listedAt.getTime(), language) })
  }
  if (word.id !== id) return stop('desk_changed', { host })
  // Of a time to come: whoever had the desk's key for a moment would have the last word for good.
  if (Date.parse(word.saidAt) > now().getTime() + OLD) return stopUnproven(host, 'certificate_not_yet_valid')
  return Date.parse(word.saidAt) < saidSince(saidAt, now()) - OLD ? stopUnproven(host, 'old') : word
}

/** When a word was said, in milliseconds; one from under a clock that was ahead would make every later word an old one. */
export const saidSince = (saidAt: string, now: Date): number => Math.min(Date.parse(saidAt), now.getTime())

/** In the terms of a TLS certificate where it is about dates: a clock that is wrong is found by those. */
function stopUnproven(host: string, why: string): never {
  if (why === 'certificate_expired') throw new CliError('desk_certificate_expired', { host })
  if (why === 'certificate_not_yet_valid') throw new CliError('desk_certificate_early', { host })
  return stop('desk_unproven', { host, why })
}

const CODE = /^[a-z_]{1,60}$/
/** A desk signs anew each hour; several servers of one desk, and their clocks, may differ. */
const OLD = 86_400_000
