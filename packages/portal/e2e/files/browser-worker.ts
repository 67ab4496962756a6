import { readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Work, WorkName } from '../../src/lib/workbench/protocol.ts'

/** A file on its way into the browser or out of it. */
export interface Carried {
  readonly file: string
  readonly base64: string
}

export const carried = (name: string, bytes: Uint8Array): Carried => ({
  file: name,
  base64: Buffer.from(bytes).toString('base64'),
})

/** What the worker answered, with files and octets as base64; or the code of why it did not. */
export type Answer<K extends WorkName> = { readonly answer: Work[K]['answer'] } | { readonly failed: string }

/** The worker that the portal was built with, asked as its page asks it. Files go in as `Carried`, octets too. */
export async function startWorker(
  page: Page,
): Promise<<K extends WorkName>(name: K, asked: object) => Promise<Answer<K>>> {
  const assets = readdirSync(new URL('../../dist/assets/', import.meta.url))
  const entry = assets.find((name) => /^entry-[\w-]+\.js$/.test(name))
  await page.evaluate(`(${install})(${JSON.stringify(`/assets/${entry}`)})`)
  let id = 0
  return async (name, asked) =>
    JSON.parse(await page.evaluate(`work(${JSON.stringify({ id: id++, do: name, asked })})`)) as never
}

/** Runs in the page. */
const install = `(address) => {
  const worker = new Worker(address, { type: 'module' })
  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const inside = (value) => {
    if (Array.isArray(value)) return value.map(inside)
    if (typeof value !== 'object' || value === null) return value
    if (typeof value.base64 === 'string') return value.file ? new File([bytesOf(value.base64)], value.file) : bytesOf(value.base64)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one)]))
  }
  const outside = async (value) => {
    if (Array.isArray(value)) return Promise.all(value.map(outside))
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Uint8Array) return {}
    if (value instanceof Blob) {
      const bytes = new Uint8Array(await value.arrayBuffer())
      return { file: value.name, base64: btoa([...bytes].map((one) => String.fromCharCode(one)).join('')) }
    }
    const entries = Object.entries(value).map(async ([key, one]) => [key, await outside(one)])
    return Object.fromEntries(await Promise.all(entries))
  }
  globalThis.work = (order) => new Promise((resolve) => {
    const hear = async ({ data }) => {
      if (data.id !== order.id || data.is === 'progress') return
      worker.removeEventListener('message', hear)
      resolve(JSON.stringify(data.is === 'answer' ? { answer: await outside(data.answer) ?? null } : { failed: data.failed.code }))
    }
    worker.addEventListener('message', hear)
    worker.postMessage(inside(order))
  })
}`
