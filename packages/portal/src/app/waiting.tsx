import { Center, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../lib/languages/index.ts'

export function Waiting(): ReactNode {
  const text = useText()
  return (
    <Center mih="40vh" role="status" aria-label={text('app.loading')}>
      <Loader />
    </Center>
  )
}
