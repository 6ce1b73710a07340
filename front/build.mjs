// placeholder replaced by the front end's own build
