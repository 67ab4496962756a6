import { Stack, Text, Textarea } from '@mantine/core'
import { REQUEST_FILE_SENTENCES } from '@scel/contract/errors'
import { LONGEST_REQUEST, type RequestFile, RequestFileRefused, readRequestFile } from '@scel/files/request'
import { type ReactNode, useRef, useState } from 'react'
import { languageNow, useText } from '../../lib/languages/index.ts'
import { DropZone, FailureNote } from '../../lib/workbench/index.ts'
import { Note } from '../../ui/index.ts'

interface RequestFileFieldProps {
  /** Told of what was read, and of nothing once something else does not read. */
  readonly onRead: (file: RequestFile | undefined) => void
}

/** Where a certificate request that was made elsewhere comes in: dropped, chosen or pasted. It is read here, and nothing is sent. */
export function RequestFileField({ onRead }: RequestFileFieldProps): ReactNode {
  const text = useText()
  const [problem, setProblem] = useState<unknown>()
  const latest = useRef(0)
  const read = async (octets: () => Promise<Uint8Array>) => {
    const turn = ++latest.current
    const tell = (file: RequestFile | undefined, error?: unknown) => {
      if (turn !== latest.current) return // another one was given meanwhile
      setProblem(error)
      onRead(file)
    }
    try {
      tell(await readRequestFile(await octets()))
    } catch (error) {
      tell(undefined, error)
    }
  }
  return (
    <Stack gap="md">
      <DropZone
        disabled={false}
        words={text('newRequest.drop')}
        choose={text('newRequest.choose')}
        folders={false}
        onItems={([item, ...others]) => {
          if (!item) return
          if (others.length > 0) void read(() => Promise.reject(new RequestFileRefused('request_file_several')))
          else void read(async () => new Uint8Array(await item.file.slice(0, MOST).arrayBuffer()))
        }}
      />
      <Textarea
        label={text('newRequest.paste')}
        placeholder="-----BEGIN CERTIFICATE REQUEST-----"
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.value
          if (typed.trim() !== '') void read(async () => new TextEncoder().encode(typed))
        }}
      />
      <Problem error={problem} />
    </Stack>
  )
}

function Problem({ error }: { error: unknown }): ReactNode {
  if (!(error instanceof RequestFileRefused)) return <FailureNote error={error} />
  const { says, hint } = REQUEST_FILE_SENTENCES[languageNow()][error.code]
  return (
    <Note tone="bad" role="alert" title={says}>
      <Text size="sm">{hint}</Text>
    </Note>
  )
}

/** Octets of a file that are looked at: what is longer is no request, however it begins. */
const MOST = 32 * LONGEST_REQUEST
