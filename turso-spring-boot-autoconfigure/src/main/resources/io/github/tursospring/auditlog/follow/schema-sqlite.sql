create table if not exists turso_audit_log_checkpoint (
	follower varchar(200) not null,
	organization varchar(255) not null,
	token text not null,
	token_digest varchar(64) not null,
	updated_at timestamp not null,
	primary key (follower, organization)
);
