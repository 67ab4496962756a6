import { stat } from 'node:fs/promises'
import type { Shell } from './shell.ts'

/**
 * Whether a word that may be a file or somebody's name is a file. The word alone says so: it has a separator of paths, or ends as files of
 * certificates and keys do and is no e-mail address. Whatever lies in the folder one works in, a sealed archive may have put there; so a file
 * that is called like the person does not take their place, but a hint says how to mean it.
 */
export async function isFileWord({ voice }: Shell, word: string): Promise<boolean> {
  if (word === '-' || /[\\/]/.test(word) || (!word.includes('@') && ENDINGS.test(word))) return true
  const beside = await stat(word).then(
    (found) => !found.isDirectory(),
    () => false,
  )
  if (beside) voice.hint(voice.text('file_beside', { name: word }))
  return false
}

const ENDINGS = /\.(pem|crt|cer|der|key|p7b|p7c|p12|pfx)$/i
