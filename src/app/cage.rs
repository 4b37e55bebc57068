//! The limits that a worker shuts itself into before it reads a byte (HARDENING L8).
//!
//! What the kernel refuses is left out without a word: in some containers filters may not be
//! set, and the limits on memory and time stand everywhere.
use rustix::process::{Resource, Rlimit, nice, setrlimit};

/// Memory that can be written to.
const MEMORY_BYTES: u64 = 512 << 20;
/// Addresses of any kind: the program itself and what is shared come on top.
const ADDRESS_BYTES: u64 = 1 << 30;
/// What differs from work to work.
pub struct Limits {
    /// Processor time in seconds, over all threads; one more second until it ends unasked.
    cpu_s: u64,
    /// Standard input, output and error are open; nothing is opened beyond these.
    descriptors: u64,
    /// How far behind everything that serves.
    niceness: i32,
}

impl Limits {
    /// For a picture.
    pub const SHORT: Self = Self {
        cpu_s: 20,
        descriptors: 3,
        niceness: 5,
    };

    /// For a recording: its standard input once more, as a file.
    pub fn long(cpu_s: u64) -> Self {
        Self {
            cpu_s,
            descriptors: 4,
            niceness: 10,
        }
    }
}

/// The first process that the kernel ends when memory runs out (0 is usual, 1000 the most).
const OUT_OF_MEMORY_SCORE: &str = "500";

/// Shuts this process in, for good. It ends when its server ends, however that came.
pub fn close(limits: &Limits) {
    end_with_parent();
    let _ = nice(limits.niceness);
    let _ = std::fs::write("/proc/self/oom_score_adj", OUT_OF_MEMORY_SCORE);
    limit(Resource::Core, 0, 0);
    limit(Resource::Data, MEMORY_BYTES, MEMORY_BYTES);
    limit(Resource::As, ADDRESS_BYTES, ADDRESS_BYTES);
    limit(Resource::Cpu, limits.cpu_s, limits.cpu_s.saturating_add(1));
    limit(Resource::Fsize, 0, 0);
    limit(Resource::Nofile, limits.descriptors, limits.descriptors);
    #[cfg(target_os = "linux")]
    if let Some(filter) = calls::filter() {
        let _ = seccompiler::apply_filter(&filter);
    }
}

/// The kernel sends the signal when the thread ends that started this process: that is one of the
/// runtime's, which live as long as the server.
fn end_with_parent() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

fn limit(resource: Resource, current: u64, maximum: u64) {
    let limit = Rlimit {
        current: Some(current),
        maximum: Some(maximum),
    };
    let _ = setrlimit(resource, limit);
}

/// The calls into the kernel that are refused from now on.
#[cfg(target_os = "linux")]
mod calls {
    use std::collections::BTreeMap;

    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// What no decoder asks for: files by name, sockets, programs, other processes. `open` and
    /// `fork` by their old names exist on some machines only.
    const DENIED: &[libc::c_long] = &[
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_openat,
        libc::SYS_openat2,
        libc::SYS_open_by_handle_at,
        libc::SYS_unlinkat,
        libc::SYS_renameat2,
        libc::SYS_linkat,
        libc::SYS_symlinkat,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_fchmodat,
        libc::SYS_fchownat,
        libc::SYS_truncate,
        libc::SYS_mount,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_open,
        libc::SYS_prlimit64,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_io_uring_setup,
        libc::SYS_keyctl,
        libc::SYS_unshare,
        libc::SYS_setns,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_open,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_creat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_unlink,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_rename,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_fork,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_vfork,
    ];

    /// Everything else goes on: a list of what is allowed would break with every other C library.
    pub fn filter() -> Option<BpfProgram> {
        let rules: BTreeMap<i64, Vec<_>> = DENIED.iter().map(|call| (*call, Vec::new())).collect();
        let machine = std::env::consts::ARCH.try_into().ok()?;
        let denied = SeccompAction::Errno(libc::EPERM as u32);
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, machine).ok()?;
        filter.try_into().ok()
    }
}
