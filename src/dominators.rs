//! Immediate dominators of a directed graph, by the algorithm of Cooper, Harvey and Kennedy ("A simple, fast dominance
//! algorithm", 2001): iterate over reverse postorder, intersecting along the tree. Linear on the graphs met here, quadratic at worst
//! on deep irreducible ones.

/// The dominator tree of the nodes reached from node 0.
pub struct Dominators {
    idom: Vec<u32>,
    /// Position in postorder.
    number: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Dominators {
    /// From the successors of each node.
    pub fn compute(successors: &[Vec<u32>]) -> Dominators {
        let n = successors.len();
        let postorder = postorder(successors);
        let number = numbers(&postorder, n);
        let mut predecessors = vec![Vec::new(); n];
        for &node in &postorder {
            for &next in &successors[node as usize] {
                predecessors[next as usize].push(node);
            }
        }
        let mut idom = vec![NONE; n];
        idom[0] = 0;
        let mut changed = true;
        while changed {
            changed = false;
            for &node in postorder.iter().rev().filter(|&&node| node != 0) {
                let known = predecessors[node as usize].iter().copied().filter(|&p| idom[p as usize] != NONE);
                let new = known.reduce(|a, b| intersect(&idom, &number, a, b)).unwrap_or(NONE);
                if idom[node as usize] != new {
                    idom[node as usize] = new;
                    changed = true;
                }
            }
        }
        Dominators { idom, number }
    }

    /// The immediate dominator; `None` for the root and for nodes that are not reached.
    pub fn parent(&self, node: u32) -> Option<u32> {
        match self.idom[node as usize] {
            NONE => None,
            parent if parent == node => None,
            parent => Some(parent),
        }
    }

    /// Whether the root reaches a node.
    pub fn is_reached(&self, node: u32) -> bool {
        self.number[node as usize] != NONE
    }

    /// Whether an edge between two nodes that are reached leads back in a depth-first walk: every cycle has such an edge.
    pub fn is_back_edge(&self, from: u32, to: u32) -> bool {
        self.number[to as usize] >= self.number[from as usize]
    }

    /// For each node the ancestor (or itself) whose parent is the root; `None` for the root and what is not reached.
    pub fn below_root(&self) -> Vec<Option<u32>> {
        let mut top: Vec<Option<u32>> = vec![None; self.idom.len()];
        let mut path = Vec::new();
        for start in 1..self.idom.len() as u32 {
            let mut node = start;
            let found = loop {
                match (top[node as usize], self.parent(node)) {
                    (Some(found), _) => break Some(found),
                    (None, None) => break None,
                    (None, Some(0)) => break Some(node),
                    (None, Some(parent)) => {
                        path.push(node);
                        node = parent;
                    }
                }
            };
            top[node as usize] = found;
            for node in path.drain(..) {
                top[node as usize] = found;
            }
        }
        top
    }
}

fn intersect(idom: &[u32], number: &[u32], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        while number[a as usize] < number[b as usize] {
            a = idom[a as usize];
        }
        while number[b as usize] < number[a as usize] {
            b = idom[b as usize];
        }
    }
    a
}

fn numbers(postorder: &[u32], n: usize) -> Vec<u32> {
    let mut number = vec![NONE; n];
    for (i, &node) in postorder.iter().enumerate() {
        number[node as usize] = i as u32;
    }
    number
}

/// For each edge of a graph, by node and in the order of its successors, whether it leads back in a depth-first walk from node 0.
pub fn back_edges(successors: &[Vec<u32>]) -> Vec<Vec<bool>> {
    let number = numbers(&postorder(successors), successors.len());
    let back = |(from, to): (usize, &Vec<u32>)| to.iter().map(|&t| number[t as usize] >= number[from]).collect();
    successors.iter().enumerate().map(back).collect()
}

fn postorder(successors: &[Vec<u32>]) -> Vec<u32> {
    let mut order = Vec::new();
    if successors.is_empty() {
        return order;
    }
    let mut seen = vec![false; successors.len()];
    seen[0] = true;
    let mut path = vec![(0u32, 0usize)];
    while let Some((node, next)) = path.last_mut() {
        match successors[*node as usize].get(*next) {
            Some(&child) => {
                *next += 1;
                if !std::mem::replace(&mut seen[child as usize], true) {
                    path.push((child, 0));
                }
            }
            None => {
                order.push(*node);
                path.pop();
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_join_is_dominated_by_the_fork() {
        let d = Dominators::compute(&[vec![1], vec![2, 3], vec![4], vec![4], vec![1], vec![]]);
        assert_eq!(d.parent(4), Some(1));
        assert_eq!(d.parent(2), Some(1));
        assert_eq!(d.parent(0), None);
        assert_eq!(d.parent(5), None);
        assert!(d.is_reached(4) && !d.is_reached(5));
        assert!(d.is_back_edge(4, 1) && !d.is_back_edge(1, 2));
        assert_eq!(d.below_root(), vec![None, Some(1), Some(1), Some(1), Some(1), None]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let n = 200_000u32;
        let chain: Vec<Vec<u32>> = (0..n).map(|i| if i + 1 < n { vec![i + 1] } else { vec![] }).collect();
        let d = Dominators::compute(&chain);
        assert_eq!(d.parent(n - 1), Some(n - 2));
        assert_eq!(d.below_root()[n as usize - 1], Some(1));
    }

    #[test]
    fn two_entries_are_joined_at_the_root() {
        let d = Dominators::compute(&[vec![1, 2], vec![3], vec![3], vec![]]);
        assert_eq!(d.parent(3), Some(0));
        assert_eq!(d.below_root(), vec![None, Some(1), Some(2), Some(3)]);
    }
}
