import { Paper, Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

/** The shape of what is coming. `label` tells it to screen readers. */
export function Loading({ label, rows = 6 }: { label: string; rows?: number }): ReactNode {
  return (
    <Paper p="lg" role="status" aria-label={label}>
      <Stack gap="md">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
          <Skeleton key={row} height={18} width={`${92 - ((row * 17) % 40)}%`} />
        ))}
      </Stack>
    </Paper>
  )
}
