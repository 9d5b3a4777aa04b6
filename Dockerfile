# The server and the built pages on the current LTS of Node.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev

FROM node:24-slim
# HOME: any user may be chosen to run it, also one that the image does not know; npm wants a place for its log.
ENV NODE_ENV=production AIME_HOST=0.0.0.0 AIME_DATA_DIR=/data AIME_CONFIG_DIR=/config HOME=/tmp NPM_CONFIG_UPDATE_NOTIFIER=false
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
# What `npm run restore`, `restore-archive` and `reresolve` begin with.
COPY --from=build /app/scripts/ready.mjs /app/scripts/start.mjs /app/scripts/restore.mjs /app/scripts/restore-archive.mjs /app/scripts/reresolve.mjs ./scripts/
RUN mkdir -p /data /config && chown node:node /data /config
USER node
VOLUME ["/data", "/config"]
EXPOSE 8000
# Asks whether the library can be read and written, by the settings that the server has: another port, HTTPS. A large library is
# read whole at the start, and an update may change it, before the port opens.
HEALTHCHECK --interval=30s --timeout=15s --start-period=5m --retries=3 CMD ["node", "build/commands/health-check.js"]
# Node itself is the process that Docker signals: it stops in order.
CMD ["node", "build/server/main.js"]
