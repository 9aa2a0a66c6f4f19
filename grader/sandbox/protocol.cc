#include "grader/sandbox/protocol.h"

#include <cstring>

namespace grader::sandbox {
namespace {

void WriteLimits(const Limits& limits, WireWriter& wire) {
  wire.Number(static_cast<std::uint64_t>(limits.cpu_time.count()));
  wire.Number(static_cast<std::uint64_t>(limits.wall_time.count()));
  wire.Number(limits.memory.count);
  wire.Number(static_cast<std::uint64_t>(limits.processes));
  wire.Number(static_cast<std::uint64_t>(limits.open_files));
  wire.Number(limits.file_size.count);
  wire.Number(limits.disk.count);
  wire.Number(limits.output.count);
}

Limits ReadLimits(WireReader& wire) {
  Limits limits;
  limits.cpu_time = std::chrono::milliseconds(wire.Number());
  limits.wall_time = std::chrono::milliseconds(wire.Number());
  limits.memory = {wire.Number()};
  limits.processes = static_cast<int>(wire.Number());
  limits.open_files = static_cast<int>(wire.Number());
  limits.file_size = {wire.Number()};
  limits.disk = {wire.Number()};
  limits.output = {wire.Number()};
  return limits;
}

}  // namespace

void LaunchOrder::Write(WireWriter& wire) const {
  wire.Texts(command.argv);
  wire.Text(command.directory);
  wire.Texts(command.environment);
  wire.Number(static_cast<std::uint64_t>(command.addresses));
  wire.Number(files.views.size());
  for (const View& view : files.views) {
    wire.Text(view.host.native());
    wire.Text(view.inside.native());
  }
  WriteLimits(limits, wire);
  wire.Text({reinterpret_cast<const char*>(filter.data()), filter.size() * sizeof(sock_filter)});
}

LaunchOrder LaunchOrder::Read(WireReader& wire) {
  LaunchOrder order;
  order.command.argv = wire.Texts();
  order.command.directory = wire.Text();
  order.command.environment = wire.Texts();
  order.command.addresses = static_cast<Addresses>(wire.Number());
  order.files.views.resize(wire.Number());
  for (View& view : order.files.views) {
    view.host = wire.Text();
    view.inside = wire.Text();
  }
  order.limits = ReadLimits(wire);
  const std::string program = wire.Text();
  order.filter.resize(program.size() / sizeof(sock_filter));
  std::memcpy(order.filter.data(), program.data(), order.filter.size() * sizeof(sock_filter));
  return order;
}

void StartReply::Write(WireWriter& wire) const {
  wire.Text(failed_step);
  wire.Number(static_cast<std::uint64_t>(landlock));
  wire.Numbers(cgroups);
  wire.Number(own_users ? 1 : 0);
}

StartReply StartReply::Read(WireReader& wire) {
  StartReply reply;
  reply.failed_step = wire.Text();
  reply.landlock = static_cast<int>(wire.Number());
  reply.cgroups = wire.Numbers();
  reply.own_users = wire.Number() != 0;
  return reply;
}

void LaunchReply::Write(WireWriter& wire) const {
  wire.Text(failed_step);
  wire.Number(static_cast<std::uint64_t>(init));
  wire.Number(slot);
  wire.Text(base);
  wire.Number(user);
  wire.Number(group);
  wire.Number(static_cast<std::uint64_t>(end_signal));
  wire.Numbers(cgroups);
}

LaunchReply LaunchReply::Read(WireReader& wire) {
  LaunchReply reply;
  reply.failed_step = wire.Text();
  reply.init = static_cast<pid_t>(wire.Number());
  reply.slot = wire.Number();
  reply.base = wire.Text();
  reply.user = static_cast<uid_t>(wire.Number());
  reply.group = static_cast<gid_t>(wire.Number());
  reply.end_signal = static_cast<int>(wire.Number());
  reply.cgroups = wire.Numbers();
  return reply;
}

}  // namespace grader::sandbox
