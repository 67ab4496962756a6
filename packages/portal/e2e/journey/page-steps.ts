import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Computer } from './certificate-browser.ts'

export const PASSPHRASE = 'quatre mots sans rapport'

/** Goes through the invitation page, whatever its language; answers where the .p12 was saved. */
export async function acceptInvitation(
  page: Page,
  link: string,
  computer: Computer,
  fileName: string,
  picture: (page: Page, what: string) => Promise<void>,
): Promise<string> {
  await page.goto(link)
  await page.locator('input[type=password]').first().waitFor()
  if ((await page.getByLabel('E-mail').count()) > 0) {
    await page.getByLabel('Name').fill('Ada Admin')
    await page.getByLabel('E-mail').fill('ada@desk.example')
  }
  const [passphrase, again] = [page.locator('input[type=password]').nth(0), page.locator('input[type=password]').nth(1)]
  await passphrase.fill(PASSPHRASE)
  await again.fill(PASSPHRASE)
  await page.getByRole('checkbox').check()
  await picture(page, 'invitation')
  await page.getByRole('button', { name: /Make my certificate|Créer mon certificat/ }).click()
  const save = page.getByRole('button', { name: /\.p12/ })
  await save.waitFor()
  const download = page.waitForEvent('download')
  await save.click()
  const file = join(computer.home, fileName)
  await (await download).saveAs(file)
  await picture(page, 'certificate-ready')
  await page
    .getByRole('link', { name: /Continue|Continuer/ })
    .or(page.getByRole('button', { name: /Continue|Continuer/ }))
    .click()
  await page.waitForURL((url) => !url.pathname.startsWith('/invitation'))
  return file
}

/** Chooses the option that begins with or contains `text`, in a native or a drawn list. */
export async function choose(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label).locator('visible=true').first()
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
    const value = await field.locator('option', { hasText: text }).first().getAttribute('value')
    await field.selectOption(value ?? '')
    return
  }
  await field.click()
  await page
    .getByRole('option', { name: new RegExp(text) })
    .first()
    .click()
}
