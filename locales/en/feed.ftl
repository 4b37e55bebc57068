# Words inside feeds.
feed-references = References
