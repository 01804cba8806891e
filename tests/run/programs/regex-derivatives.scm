;; Regular expressions by derivatives: parsed from strings, hash-consed, made into automata, run over text.
(import (scheme base) (scheme char) (scheme write) (srfi 69))

;; Expressions: unique, so that eq? is equality.
(define-record-type node (make-node id kind a b nullable?) node?
  (id node-id) (kind node-kind) (a node-a) (b node-b) (nullable? nullable?))

(define known (make-hash-table equal?))
(define count 0)

(define (intern kind a b nullable?)
  (let* ((key (list kind (if (node? a) (node-id a) a) (if (node? b) (node-id b) b)))
         (found (hash-table-ref/default known key #f)))
    (or found
        (let ((node (make-node count kind a b nullable?)))
          (set! count (+ count 1))
          (hash-table-set! known key node)
          node))))

(define empty (intern 'empty #f #f #f))
(define epsilon (intern 'epsilon #f #f #t))
(define (chars set negated?) (intern (if negated? 'none-of 'one-of) set #f #f))
(define any (chars '() #t))

(define (seq a b)
  (cond ((or (eq? a empty) (eq? b empty)) empty)
        ((eq? a epsilon) b)
        ((eq? b epsilon) a)
        ((eq? (node-kind a) 'seq) (seq (node-a a) (seq (node-b a) b)))
        (else (intern 'seq a b (and (nullable? a) (nullable? b))))))

(define (alt a b)
  (cond ((eq? a b) a)
        ((eq? a empty) b)
        ((eq? b empty) a)
        ((eq? (node-kind a) 'alt) (alt (node-a a) (alt (node-b a) b)))
        ((and (eq? (node-kind b) 'alt) (< (node-id (node-a b)) (node-id a)))
         (alt (node-a b) (alt a (node-b b))))
        ((and (eq? (node-kind b) 'alt) (eq? (node-a b) a)) b)
        ((and (not (eq? (node-kind b) 'alt)) (< (node-id b) (node-id a))) (alt b a))
        (else (intern 'alt a b (or (nullable? a) (nullable? b))))))

(define (star a)
  (cond ((or (eq? a empty) (eq? a epsilon)) epsilon)
        ((eq? (node-kind a) 'star) a)
        (else (intern 'star a #f #t))))

(define (derive node c)
  (case (node-kind node)
    ((empty epsilon) empty)
    ((one-of) (if (memv c (node-a node)) epsilon empty))
    ((none-of) (if (memv c (node-a node)) empty epsilon))
    ((seq)
     (let ((first (seq (derive (node-a node) c) (node-b node))))
       (if (nullable? (node-a node))
           (alt first (derive (node-b node) c))
           first)))
    ((alt) (alt (derive (node-a node) c) (derive (node-b node) c)))
    ((star) (seq (derive (node-a node) c) node))
    (else (error "no such node" (node-kind node)))))

;; Parsing -----------------------------------------------------------------------------------------------------------

(define (parse text)
  (define at 0)
  (define (peek) (and (< at (string-length text)) (string-ref text at)))
  (define (next!) (let ((c (peek))) (set! at (+ at 1)) c))
  (define (alternatives)
    (let ((left (sequence)))
      (if (eqv? (peek) #\|)
          (begin (next!) (alt left (alternatives)))
          left)))
  (define (sequence)
    (let loop ((items '()))
      (if (memv (peek) '(#f #\| #\)))
          (let fold ((items items) (node epsilon))
            (if (null? items) node (fold (cdr items) (seq (car items) node))))
          (loop (cons (postfix (atom)) items)))))
  (define (postfix node)
    (case (peek)
      ((#\*) (next!) (postfix (star node)))
      ((#\+) (next!) (postfix (seq node (star node))))
      ((#\?) (next!) (postfix (alt epsilon node)))
      (else node)))
  (define (atom)
    (let ((c (next!)))
      (case c
        ((#\() (let ((inner (alternatives)))
                 (if (not (eqv? (next!) #\))) (error "unbalanced" text))
                 inner))
        ((#\[) (let ((negated? (and (eqv? (peek) #\^) (next!) #t)))
                 (let loop ((set '()))
                   (let ((c (next!)))
                     (cond ((not c) (error "unbalanced" text))
                           ((char=? c #\]) (chars (reverse set) negated?))
                           ((and (eqv? (peek) #\-) (pair? set) #f) #f)
                           ((and (eqv? (peek) #\-)
                                 (< (+ at 1) (string-length text))
                                 (not (char=? (string-ref text (+ at 1)) #\])))
                            (next!)
                            (loop (append (reverse (char-range c (next!))) set)))
                           (else (loop (cons c set))))))))
        ((#\.) any)
        ((#\\) (chars (list (next!)) #f))
        (else (chars (list c) #f)))))
  (let ((node (alternatives)))
    (if (peek) (error "unbalanced" text))
    node))

(define (char-range from to)
  (let loop ((i (char->integer to)) (l '()))
    (if (< i (char->integer from))
        l
        (loop (- i 1) (cons (integer->char i) l)))))

;; Automata: a state is a vector of 128 successors, filled as needed, then its node.

(define states (make-hash-table eqv?))

(define (state-of node)
  (or (hash-table-ref/default states (node-id node) #f)
      (let ((state (make-vector 129 #f)))
        (vector-set! state 128 node)
        (hash-table-set! states (node-id node) state)
        state)))

(define (step state c)
  (let ((code (char->integer c)))
    (or (vector-ref state code)
        (let ((next (state-of (derive (vector-ref state 128) c))))
          (vector-set! state code next)
          next))))

;; The end of the longest match from start, or #f.
(define (longest state text start)
  (let ((n (string-length text)))
    (let loop ((state state) (i start) (found (and (nullable? (vector-ref state 128)) start)))
      (if (or (= i n) (eq? (vector-ref state 128) empty))
          found
          (let ((next (step state (string-ref text i))))
            (loop next (+ i 1) (if (nullable? (vector-ref next 128)) (+ i 1) found)))))))

(define (all-matches regex text)
  (let ((state (state-of (parse regex))) (n (string-length text)))
    (let loop ((i 0) (found '()))
      (if (> i n)
          (reverse found)
          (let ((end (longest state text i)))
            (if (and end (> end i))
                (loop end (cons (substring text i end) found))
                (loop (+ i 1) found)))))))

(define text
  "The 3 quick brown foxes (ids 12, 0x3f and 1.5e-3) mailed fox@example.org and a.b-c@mail.example.com; see
http://example.org/a/b?c=d or https://x.yz/. Dates: 2024-02-29, 1999-12-31, 12-1-1. Strings: \"a \\\" b\" and \"\".")

(define patterns
  '("[0-9]+" "[a-zA-Z]+" "[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?" "[a-z.-]+@[a-z]+(\\.[a-z]+)+"
    "https?://[a-z.]+(/[a-z0-9?=]*)*" "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]" "\"([^\\\"]|\\\\.)*\""
    "(a|b)*abb" "fo(x|xes)" "([^ ]* )?and"))

(for-each (lambda (p) (write p) (display " ") (write (all-matches p text)) (newline)) patterns)
(write count)
(newline)

(define long (let loop ((i 0) (l '())) (if (= i 3) (apply string-append l) (loop (+ i 1) (cons text l)))))
(define total 0)
(for-each (lambda (p) (set! total (+ total (length (all-matches p long))))) patterns)
(write total)
(newline)

;; output: "[0-9]+" ("3" "12" "0" "3" "1" "5" "3" "2024" "02" "29" "1999" "12" "31" "12" "1" "1")
;; output: "[a-zA-Z]+" ("The" "quick" "brown" "foxes" "ids" "x" "f" "and" "e" "mailed" "fox" "example" "org" "and" "a" "b" "c" "mail" "example" "com" "see" "http" "example" "org" "a" "b" "c" "d" "or" "https" "x" "yz" "Dates" "Strings" "a" "b" "and")
;; output: "[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?" ("3" "12" "0" "3" "1.5e-3" "2024" "02" "29" "1999" "12" "31" "12" "1" "1")
;; output: "[a-z.-]+@[a-z]+(\\.[a-z]+)+" ("fox@example.org" "a.b-c@mail.example.com")
;; output: "https?://[a-z.]+(/[a-z0-9?=]*)*" ("http://example.org/a/b?c=d" "https://x.yz/")
;; output: "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]" ("2024-02-29" "1999-12-31")
;; output: "\"([^\\\"]|\\\\.)*\"" ("\"a \\\" b\"" "\"\"")
;; output: "(a|b)*abb" ()
;; output: "fo(x|xes)" ("foxes" "fox")
;; output: "([^ ]* )?and" ("0x3f and" "fox@example.org and" "b\" and")
;; output: 115
;; output: 240
