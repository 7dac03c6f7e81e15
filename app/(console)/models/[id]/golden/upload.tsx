'use client'

import { useState } from 'react'
import { api } from '@/app/_data/api'
import { useAct } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import type { GoldenSetItem } from '@/lib/view/golden'
import css from './golden.module.css'

export function Upload({ model }: { model: string }) {
  const [file, setFile] = useState<File | null>(null)
  const { act, busy, refused } = useAct()

  async function send(chosen: File) {
    await api<GoldenSetItem>(`/api/v1/models/${encodeURIComponent(model)}/golden`, {
      method: 'PUT',
      body: await chosen.text(),
      headers: { 'content-type': 'application/x-ndjson' },
    })
    setFile(null)
  }

  return (
    <form
      className={css.upload}
      onSubmit={(event) => {
        event.preventDefault()
        if (file) void act(() => send(file))
      }}
    >
      <input
        type="file"
        aria-label="NDJSON file of trusted rows"
        accept=".ndjson,.jsonl,.json,application/x-ndjson"
        onChange={(e) => setFile(e.target.files?.[0] ?? null)}
      />
      <Button type="submit" tone="primary" disabled={!file || busy}>
        {busy ? 'Reading and auditing…' : 'Propose'}
      </Button>
      {refused && (
        <p className={css.refused} role="alert">
          Nothing was kept: {refused}
        </p>
      )}
      <p className={css.hint}>
        One JSON object a line: features, text or embedding, a label, and a segment if you want figures by slice. It is
        hashed, audited by itself, and counts from the model’s next event on once a second person has approved it.
      </p>
    </form>
  )
}
