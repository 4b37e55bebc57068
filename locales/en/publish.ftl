# daebon publish, which sends a post from the command line.
publish-unreadable = It cannot be read: { $why }
publish-front-matter = The front matter cannot be read: { $why }
publish-no-script = There is no script in the folder { $folder }; it needs one .md file.
publish-many-scripts = There are several scripts in the folder { $folder }; name the file to send.
publish-when = publish is now, draft, unlisted, or an instant like 2026-12-01T07:00:00+09:00, not { $when }
publish-server = The address of the server looks like https://example.org, not { $address }
publish-silent = The server { $address } does not answer.
publish-token = The token is wrong or its time is over. Make a new one on the account page.
publish-refused = The server refused it: { $why }
publish-no-show = There is no show that this token may post to.
publish-which-show = There are several shows; name one as show in the front matter: { $shows }
publish-removed = This post ({ $id }) is in the trash. Take it out and try again.
publish-sending = Sending { $name }
publish-other-title = A post of this name is public under another title: { $title }. To change that post, add --replace; for a new one, name a slug in the front matter.
publish-already-public = A post that is public already cannot be changed at a set time. Say publish: now, or leave it out.
