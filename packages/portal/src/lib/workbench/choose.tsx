import { Button, type ButtonProps, FileButton, Tooltip } from '@mantine/core'
import { type ReactNode, useRef } from 'react'

interface ChooseProps extends Pick<ButtonProps, 'size'> {
  readonly label: string
  readonly tooltip: string
  readonly icon: ReactNode
  readonly disabled: boolean
  readonly accept?: string
  /** Whole folders are chosen instead of files. */
  readonly folder?: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** A button that chooses files. The same file can be chosen again: the browser says nothing of a choice that did not change. */
export function Choose({ label, tooltip, icon, disabled, accept, folder, size, onFiles }: ChooseProps): ReactNode {
  const reset = useRef<() => void>(null)
  return (
    <FileButton
      multiple
      resetRef={reset}
      disabled={disabled}
      {...(accept ? { accept } : {})}
      inputProps={{ 'aria-label': label, ...(folder ? { webkitdirectory: '' } : {}) }}
      onChange={(files) => {
        if (files.length > 0) onFiles(files)
        reset.current?.()
      }}
    >
      {(props) => (
        <Tooltip label={tooltip}>
          <Button {...props} variant="default" w="fit-content" leftSection={icon} {...(size ? { size } : {})}>
            {label}
          </Button>
        </Tooltip>
      )}
    </FileButton>
  )
}
