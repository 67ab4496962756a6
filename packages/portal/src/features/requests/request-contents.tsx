import { Text } from '@mantine/core'
import { visible } from '@scel/contract/letters'
import type { RequestFile } from '@scel/files/request'
import type { ReactNode } from 'react'
import { keyName, useText } from '../../lib/languages/index.ts'
import { CopyHex, CopyName } from '../../lib/parts/index.ts'
import { Facts } from '../../ui/index.ts'

/** What a certificate request says of itself: to be read, and not to be changed, for its key signed it. */
export function RequestContents({ file }: { file: RequestFile }): ReactNode {
  const text = useText()
  const { subject, key, fingerprint, names, keyUsage, extendedKeyUsage } = file
  const words = (all: readonly string[] | undefined): ReactNode =>
    all && all.length > 0 ? (
      all.map(visible).join(', ')
    ) : (
      <Text span size="sm" c="dimmed">
        {text('newRequest.unsaid')}
      </Text>
    )
  return (
    <Facts
      facts={[
        { name: text('request.csrSubject'), value: subject === '' ? words([]) : <CopyName value={visible(subject)} /> },
        { name: text('request.names'), value: words(names.map((name) => name.text)) },
        { name: text('request.key'), value: keyName(text, key.name) },
        { name: text('request.keyFingerprint'), value: <CopyHex value={fingerprint} /> },
        { name: text('request.usages'), value: words(keyUsage) },
        { name: text('request.extendedUsages'), value: words(extendedKeyUsage) },
      ]}
    />
  )
}
