create table if not exists turso_audit_log_checkpoint (
	organization varchar(255) character set ascii collate ascii_bin not null primary key,
	token longtext not null,
	token_digest varchar(64) not null,
	updated_at datetime(6) not null
);
