import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startDesk } from '@scel/server/testing'
import { chromiumPath } from '@scel/testkit/peers'
import { PASSPHRASE } from '@scel/testkit/scenes'
import { launch } from '../browser.ts'

const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: sealing with a real desk was NOT tried'
  : !existsSync(new URL('../../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): sealing with a real desk was NOT tried'
    : false

test('with a real desk: whoever was just certified finds himself in the directory, seals, opens, signs with a time stamp, and every verdict holds', {
  skip,
}, async (t) => {
  const desk = await startDesk()
  const browser = await launch(EXECUTABLE!)
  const folder = await mkdtemp(join(tmpdir(), 'scel-real-'))
  t.after(async () => {
    await browser.close()
    await desk.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const context = await browser.newContext({ locale: 'en', ignoreHTTPSErrors: true })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const save = async (): Promise<string> => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /^(Save|Download) / }).click()
    const path = join(folder, (await download).suggestedFilename())
    await (await download).saveAs(path)
    return path
  }
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  await page.goto(desk.inviteLink)
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@desk.example')
  await page.getByLabel('Passphrase', { exact: false }).first().fill(PASSPHRASE)
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE)
  await page.getByLabel('I know that nobody can recover').check()
  await press('Make my certificate')
  const p12 = await save()
  await press('Continue to the portal')
  await page.getByRole('link', { name: 'Seal and sign' }).click()

  const secret = join(folder, 'secret.txt')
  await writeFile(secret, 'for the desk alone\n'.repeat(9000))
  const choose = (path: string) => page.locator('input[type=file]').first().setInputFiles(path)
  await choose(secret)
  await page.getByText('Seals for your own certificate as well: Ada Lovelace.').waitFor()
  await press('Seal')
  const sealed = await save()

  await press('Something else')
  await choose(sealed)
  await page.locator('fieldset input[type=file]').setInputFiles(p12)
  await page.locator('fieldset input[type=password]').fill(PASSPHRASE)
  await press('Unlock')
  await page.getByText('Unlocked').waitFor()
  await press('Open')
  await page.getByText('The content is whole').waitFor()
  assert.deepEqual(await readFile(await save()), await readFile(secret))

  await press('Something else')
  await page.getByRole('tab', { name: 'Sign' }).click()
  await choose(secret)
  await page.getByLabel('Add a time stamp of the desk').check()
  await press('Sign')
  const signature = await save()
  await press('Something else')
  await choose(signature)
  await choose(secret)
  await page.getByLabel('Who should have signed').fill('ada@desk.example')
  await press('Verify')
  await page.getByText('The signature holds').waitFor()
  await page.getByText('Scel Time Stamps saw the signature on').waitFor()
  assert.equal(await page.getByText('Holds', { exact: true }).count(), 5)
  assert.deepEqual(complaints, [], 'the browser complained, about the content security policy perhaps')
})
