# Telling the world that something changed.
pings-heading = Announcing new posts
pings-websub-purpose = Apps and feed readers that subscribe at the hub learn of a new post at once.
pings-podping-purpose = Podcast apps learn of a new episode at once.
pings-websub-off = Switched off. Start the server with --websub-hub and the address of a hub to switch it on.
pings-podping-off = Switched off. Put a token from podping.cloud into a file and start the server with --podping-token-file to switch it on.
pings-never = There was nothing to announce yet.
pings-told = Announced on { $when } (answer { $status }).
pings-refused = Not announced on { $when }: the other server refused it (answer { $status }).
pings-unreachable = Not announced on { $when }: the other server could not be reached.
pings-not-public = Not announced, since the site has no public address. Start the server with --public-url, and the next post will be.
pings-next = Next try on { $when }.
pings-next-soon = Next try soon.
pings-given-up = Given up after three days of trying. The next change of a post will be announced again.
pings-websub-job = Telling the WebSub hub
pings-podping-job = Telling Podping
