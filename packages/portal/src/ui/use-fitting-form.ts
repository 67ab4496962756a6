import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** How a list is shown: a table with room, a table whose dates and headers may wrap, or a card for each row. */
export type ListForm = 'roomy' | 'tight' | 'cards'

/**
 * The first form that fits into the frame, measured: how wide a table is depends on fonts, sizes and words that only the
 * reader's machine knows. Asked anew when the frame becomes wider or narrower and when `content` changes.
 *
 * @param frame what has the width to fit into, in every form
 * @param region the part of the frame that scrolls when its table is too wide; absent while there are cards
 */
export function useFittingForm(
  frame: RefObject<HTMLElement | null>,
  region: RefObject<HTMLElement | null>,
  content: readonly unknown[],
): ListForm {
  const [{ form, width }, set] = useState<{ form: ListForm; width: number }>({ form: 'roomy', width: 0 })
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const now = Math.round(entry?.contentRect.width ?? 0)
      set((last) => (last.width === now ? last : { form: 'roomy', width: now }))
    })
    if (frame.current) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  // Before the browser paints, so that nobody sees the form that did not fit.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is measured depends on them
  useLayoutEffect(() => {
    const shown = region.current
    if (shown && shown.scrollWidth > shown.clientWidth) {
      set((last) => ({ ...last, form: last.form === 'roomy' ? 'tight' : 'cards' }))
    }
  }, [region, form, width, ...content])
  return form
}
