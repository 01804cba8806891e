(note 'before)
)
(note 'after)
