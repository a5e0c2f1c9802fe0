create table if not exists turso_audit_log_checkpoint (
	organization varchar(255) not null primary key,
	token clob not null,
	token_digest varchar(64) not null,
	updated_at timestamp with time zone not null
);
