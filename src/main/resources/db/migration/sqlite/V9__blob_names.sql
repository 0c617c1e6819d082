-- Which version names a blob: asked for every blob when the storage is checked.
create index library_versions_blob on library_versions (storage_path);
