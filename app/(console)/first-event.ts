/** The one command that fills an empty screen, with the reader's own address. */
export const firstEvent = (address: string): string => `TOKEN=$(npm run -s token -- --name first --scopes ingest)
curl -X POST ${address}/api/v1/events \\
  -H "authorization: Bearer $TOKEN" \\
  -H "content-type: application/x-ndjson" \\
  -d '{"specversion":"1.0","id":"p-1","source":"/my/model","type":"ml.prediction.v1","time":"'$(date -u +%FT%TZ)'","data":{"model":"my-model","version":"1","features":{"amount":12.5,"country":"NO"},"prediction":"ok","score":0.07}}'`
