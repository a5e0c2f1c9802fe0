-- The signature of what retention removed; empty if it removed nothing.
alter table organization add column anchor_signature text not null default '';
